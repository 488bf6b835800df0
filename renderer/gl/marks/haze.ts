import type { Regl, Texture2D } from 'regl';
import type { Color } from '../mark.ts';
import { type Command, type PlaceProps, place } from '../place.ts';

/** Very many hairlines of one colour, as density.ts lays them out. haze: a texture of [width][height], the viewport's */
export interface HazeProps extends PlaceProps {
  readonly haze: Texture2D;
  /** Its opacity is in the texture already. */
  readonly color: Color;
}

export function haze(regl: Regl): Command<HazeProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 corner;
      varying vec2 at;
      void main() { at = corner.yx; gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0); }
    `,
    frag: `
      precision highp float;
      uniform sampler2D haze;
      uniform vec4 color;
      varying vec2 at;
      void main() { gl_FragColor = vec4(color.rgb, texture2D(haze, at).a); }
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
      haze: regl.prop<HazeProps, 'haze'>('haze'),
      color: regl.prop<HazeProps, 'color'>('color'),
    },
    primitive: 'triangle strip',
    count: 4,
  });
}
