import type { Buffer, Regl } from 'regl';
import { TO_CLIP, VERTEX_COLOR } from '../clip.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/** Separate hairlines. position: [segments][2][x, y]; colors: [segments][2][4] */
export interface SegmentsProps extends DomainProps {
  readonly position: Buffer;
  readonly colors: Buffer;
  readonly count: number;
}

export function segments(regl: Regl): Command<SegmentsProps> {
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
      position: regl.prop<SegmentsProps, 'position'>('position'),
      color: { buffer: regl.prop<SegmentsProps, 'colors'>('colors'), normalized: true, size: 4 },
    },
    uniforms: { domain: regl.prop<SegmentsProps, 'domain'>('domain') },
    primitive: 'lines',
    count: regl.prop<SegmentsProps, 'count'>('count'),
  });
}
