import type { Regl, Texture2D } from 'regl';
import { TO_CLIP } from '../clip.ts';
import type { Domain } from '../mark.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/** shades: a texture of [rows][columns] colours, row 0 at the bottom */
export interface ImageProps extends DomainProps {
  readonly shades: Texture2D;
  readonly extent: Domain;
}

export function image(regl: Regl): Command<ImageProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      uniform vec4 extent;
      varying vec2 uv;
      ${TO_CLIP}
      void main() { uv = corner; gl_Position = toClip(mix(extent.xy, extent.zw, corner)); }
    `,
    frag: `
      precision highp float;
      uniform sampler2D shades;
      varying vec2 uv;
      void main() { gl_FragColor = texture2D(shades, uv); }
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
      domain: regl.prop<ImageProps, 'domain'>('domain'),
      extent: regl.prop<ImageProps, 'extent'>('extent'),
      shades: regl.prop<ImageProps, 'shades'>('shades'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
