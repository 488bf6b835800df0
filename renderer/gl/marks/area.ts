import type { Buffer, Elements, Regl } from 'regl';
import { ONE_COLOR, TO_CLIP } from '../clip.ts';
import { type ColorProps, type Command, place } from '../place.ts';

/** Triangles of three `elements` each. position: [points][x, y] */
export interface AreaProps extends ColorProps {
  readonly position: Buffer;
  readonly elements: Elements;
  readonly first: number;
  readonly count: number;
}

export function area(regl: Regl): Command<AreaProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 position;
      ${TO_CLIP}
      void main() { gl_Position = toClip(position); }
    `,
    frag: ONE_COLOR,
    attributes: { position: regl.prop<AreaProps, 'position'>('position') },
    uniforms: {
      domain: regl.prop<AreaProps, 'domain'>('domain'),
      color: regl.prop<AreaProps, 'color'>('color'),
    },
    elements: regl.prop<AreaProps, 'elements'>('elements'),
    primitive: 'triangles',
    offset: regl.prop<AreaProps, 'first'>('first'),
    count: regl.prop<AreaProps, 'count'>('count'),
  });
}
