import type { Regl, Texture2D } from 'regl';
import { TO_CLIP } from '../clip.ts';
import type { Domain } from '../mark.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/** values: a texture of [rows][columns], row 0 at the bottom; colormap: 256 x 1 */
export interface ImageProps extends DomainProps {
  readonly values: Texture2D;
  readonly colormap: Texture2D;
  readonly extent: Domain;
  readonly range: readonly [number, number];
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
      uniform sampler2D values;
      uniform sampler2D colormap;
      uniform vec2 range;
      varying vec2 uv;
      void main() {
        float at = clamp((texture2D(values, uv).r - range.x) / (range.y - range.x), 0.0, 1.0);
        gl_FragColor = texture2D(colormap, vec2(at * 255.0 / 256.0 + 0.5 / 256.0, 0.5));
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
      domain: regl.prop<ImageProps, 'domain'>('domain'),
      extent: regl.prop<ImageProps, 'extent'>('extent'),
      values: regl.prop<ImageProps, 'values'>('values'),
      colormap: regl.prop<ImageProps, 'colormap'>('colormap'),
      range: regl.prop<ImageProps, 'range'>('range'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
