import type { Buffer, Elements, Regl } from 'regl';
import { TO_CLIP, VERTEX_COLOR } from '../clip.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/** Rectangles of four vertices each. position: [rects][4][x, y]; colors: [rects][4][4] */
export interface RectsProps extends DomainProps {
  readonly position: Buffer;
  readonly colors: Buffer;
  readonly elements: Elements;
  readonly count: number;
}

export function rects(regl: Regl): Command<RectsProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 position;
      attribute vec4 color;
      varying vec4 shade;
      ${TO_CLIP}
      void main() { shade = color; gl_Position = toClip(position); }
    `,
    frag: VERTEX_COLOR,
    attributes: {
      position: regl.prop<RectsProps, 'position'>('position'),
      color: { buffer: regl.prop<RectsProps, 'colors'>('colors'), normalized: true, size: 4 },
    },
    uniforms: { domain: regl.prop<RectsProps, 'domain'>('domain') },
    elements: regl.prop<RectsProps, 'elements'>('elements'),
    primitive: 'triangles',
    count: regl.prop<RectsProps, 'count'>('count'),
  });
}
