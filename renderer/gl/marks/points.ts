import type { Buffer, Regl } from 'regl';
import { TO_CLIP } from '../clip.ts';
import { type Command, type DomainProps, place } from '../place.ts';

/** Discs. position: [points][x, y]; colors: [points][4], 0 to 255 */
export interface PointsProps extends DomainProps {
  readonly position: Buffer;
  readonly colors: Buffer;
  /** Diameter, device pixels */
  readonly size: number;
  readonly count: number;
}

export function points(regl: Regl): Command<PointsProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec2 position;
      attribute vec4 color;
      uniform float size;
      varying vec4 shade;
      varying float radius;
      ${TO_CLIP}
      void main() {
        shade = color;
        radius = size * 0.5;
        gl_PointSize = size + 1.0;
        gl_Position = toClip(position);
      }
    `,
    frag: `
      precision highp float;
      varying vec4 shade;
      varying float radius;
      void main() {
        float away = length(gl_PointCoord - 0.5) * (radius * 2.0 + 1.0);
        gl_FragColor = vec4(shade.rgb, shade.a * clamp(radius + 0.5 - away, 0.0, 1.0));
      }
    `,
    attributes: {
      position: regl.prop<PointsProps, 'position'>('position'),
      color: { buffer: regl.prop<PointsProps, 'colors'>('colors'), normalized: true, size: 4 },
    },
    uniforms: {
      domain: regl.prop<PointsProps, 'domain'>('domain'),
      size: regl.prop<PointsProps, 'size'>('size'),
    },
    primitive: 'points',
    count: regl.prop<PointsProps, 'count'>('count'),
  });
}
