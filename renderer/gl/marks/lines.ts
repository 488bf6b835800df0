import type { Buffer, Elements, Regl } from 'regl';
import { ONE_COLOR, TO_CLIP } from '../clip.ts';
import { type ColorProps, type Command, place } from '../place.ts';

/** Pairs of `elements` are joined by hairlines, from the `first` element on. position: [points][x, y] */
export interface LinesProps extends ColorProps {
  readonly position: Buffer;
  readonly elements: Elements;
  readonly first: number;
  readonly count: number;
}

export function lines(regl: Regl): Command<LinesProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 position;
      ${TO_CLIP}
      void main() { gl_Position = toClip(position); }
    `,
    frag: ONE_COLOR,
    attributes: { position: regl.prop<LinesProps, 'position'>('position') },
    uniforms: {
      domain: regl.prop<LinesProps, 'domain'>('domain'),
      color: regl.prop<LinesProps, 'color'>('color'),
    },
    elements: regl.prop<LinesProps, 'elements'>('elements'),
    primitive: 'lines',
    offset: regl.prop<LinesProps, 'first'>('first'),
    count: regl.prop<LinesProps, 'count'>('count'),
  });
}
