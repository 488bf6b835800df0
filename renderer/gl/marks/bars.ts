import type { Regl, Texture2D } from 'regl';
import type { Color } from '../mark.ts';
import { type Command, type PlaceProps, place } from '../place.ts';

/** One row of a table of histograms. heights: a texture of [rows][bins] */
export interface BarsProps extends PlaceProps {
  readonly heights: Texture2D;
  /** bins, rows */
  readonly shape: readonly [number, number];
  readonly row: number;
  readonly top: number;
  /** Device pixels of the box's height */
  readonly pixels: number;
  readonly color: Color;
}

export function bars(regl: Regl): Command<BarsProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      varying vec2 uv;
      void main() { uv = corner; gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0); }
    `,
    frag: `
      precision highp float;
      uniform sampler2D heights;
      uniform vec2 shape;
      uniform float row;
      uniform float top;
      uniform float pixels;
      uniform vec4 color;
      varying vec2 uv;
      void main() {
        float bin = min(floor(uv.x * shape.x), shape.x - 1.0);
        float height = texture2D(heights, (vec2(bin, row) + 0.5) / shape).r / top;
        gl_FragColor = vec4(color.rgb, color.a * clamp((height - uv.y) * pixels + 0.5, 0.0, 1.0) * step(1e-9, height));
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
      heights: regl.prop<BarsProps, 'heights'>('heights'),
      shape: regl.prop<BarsProps, 'shape'>('shape'),
      row: regl.prop<BarsProps, 'row'>('row'),
      top: regl.prop<BarsProps, 'top'>('top'),
      pixels: regl.prop<BarsProps, 'pixels'>('pixels'),
      color: regl.prop<BarsProps, 'color'>('color'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
