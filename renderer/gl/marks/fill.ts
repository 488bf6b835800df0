import type { Regl } from 'regl';
import { ONE_COLOR } from '../clip.ts';
import type { Color } from '../mark.ts';
import { type Command, type PlaceProps, place } from '../place.ts';

export interface FillProps extends PlaceProps {
  readonly color: Color;
}

/** Opaque boxes are cleared, which costs a fifth of drawing them where there is no graphics card. */
export function fill(regl: Regl): Command<FillProps> {
  const within = regl({ scissor: { enable: true, box: regl.prop<FillProps, 'scissor'>('scissor') } });
  const blended: Command<FillProps> = regl({
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
  return (props) => {
    if (props.color[3] < 1) blended(props);
    else within(props, () => regl.clear({ color: [...props.color] }));
  };
}
