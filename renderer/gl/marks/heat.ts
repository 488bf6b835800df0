import type { Regl, Texture2D } from 'regl';
import { TO_CLIP } from '../clip.ts';
import type { Domain } from '../mark.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/**
 * Min and max as an image, coloured as shades.ts does: of the columns a pixel has, the one further from zero.
 * shades: a texture of [rows][columns], how far from zero as its opacity
 */
export interface HeatProps extends DomainProps {
  readonly shades: Texture2D;
  /** Where the texture lies in the domain. */
  readonly extent: Domain;
  /** Parts of the texture's width: what the extent has, and a quarter of a pixel. */
  readonly filled: number;
  readonly apart: number;
}

export function heat(regl: Regl): Command<HeatProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      uniform vec4 extent;
      uniform float filled;
      varying vec2 uv;
      ${TO_CLIP}
      void main() { uv = vec2(corner.x * filled, corner.y); gl_Position = toClip(mix(extent.xy, extent.zw, corner)); }
    `,
    frag: `
      precision highp float;
      uniform sampler2D shades;
      uniform float apart;
      varying vec2 uv;
      void main() {
        vec4 left = texture2D(shades, uv - vec2(apart, 0.0));
        vec4 right = texture2D(shades, uv + vec2(apart, 0.0));
        gl_FragColor = vec4(left.a > right.a ? left.rgb : right.rgb, 1.0);
      }
    `,
    attributes: {
      corner: [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
    uniforms: {
      domain: regl.prop<HeatProps, 'domain'>('domain'),
      extent: regl.prop<HeatProps, 'extent'>('extent'),
      shades: regl.prop<HeatProps, 'shades'>('shades'),
      filled: regl.prop<HeatProps, 'filled'>('filled'),
      apart: regl.prop<HeatProps, 'apart'>('apart'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
