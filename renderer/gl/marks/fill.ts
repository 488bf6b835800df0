import type { Regl } from 'regl';
import { ONE_COLOR } from '../clip.ts';
import type { Color } from '../mark.ts';
import { type Command, type PlaceProps, place } from '../place.ts';

export interface FillProps extends PlaceProps {
  readonly color: Color;
}

export function fill(regl: Regl): Command<FillProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      void main() { gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0); }
    `,
    frag: ONE_COLOR,
    attributes: {
      corner: [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    },
    uniforms: { color: regl.prop<FillProps, 'color'>('color') },
    primitive: 'triangle strip',
    count: 4,
  });
}
