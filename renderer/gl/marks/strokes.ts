import type { Buffer, Elements, Regl } from 'regl';
import { TO_CLIP } from '../clip.ts';
import { type ColorProps, type Command, place } from '../place.ts';

/**
 * Lines of any width with soft edges: each piece of a polyline is a quad of four vertices.
 * ends: [pieces][4][ax, ay, bx, by]; corner: [pieces][4][end (0: a, 1: b), side (-1, 1)]
 */
export interface StrokesProps extends ColorProps {
  readonly ends: Buffer;
  readonly corner: Buffer;
  readonly elements: Elements;
  readonly first: number;
  readonly count: number;
  /** The viewport, device pixels */
  readonly pixels: readonly [number, number];
  /** Device pixels */
  readonly width: number;
}

export function strokes(regl: Regl): Command<StrokesProps> {
  return regl({
    ...place(regl),
    vert: `
      precision highp float;
      attribute vec4 ends;
      attribute vec2 corner;
      uniform vec2 pixels;
      uniform float width;
      varying float across;
      ${TO_CLIP}
      void main() {
        vec2 a = toClip(ends.xy).xy * pixels * 0.5;
        vec2 b = toClip(ends.zw).xy * pixels * 0.5;
        vec2 along = b - a;
        float size = length(along);
        along = size > 0.0 ? along / size : vec2(1.0, 0.0);
        float reach = width * 0.5 + 1.0; // one pixel more for the soft edge
        across = corner.y * reach;
        vec2 p = mix(a - along * width * 0.4, b + along * width * 0.4, corner.x) + vec2(-along.y, along.x) * across;
        gl_Position = vec4(p / pixels * 2.0, 0.0, 1.0);
      }
    `,
    frag: `
      precision highp float;
      uniform vec4 color;
      uniform float width;
      varying float across;
      void main() { gl_FragColor = vec4(color.rgb, color.a * clamp(width * 0.5 + 0.5 - abs(across), 0.0, 1.0)); }
    `,
    attributes: {
      ends: regl.prop<StrokesProps, 'ends'>('ends'),
      corner: regl.prop<StrokesProps, 'corner'>('corner'),
    },
    uniforms: {
      domain: regl.prop<StrokesProps, 'domain'>('domain'),
      color: regl.prop<StrokesProps, 'color'>('color'),
      pixels: regl.prop<StrokesProps, 'pixels'>('pixels'),
      width: regl.prop<StrokesProps, 'width'>('width'),
    },
    elements: regl.prop<StrokesProps, 'elements'>('elements'),
    primitive: 'triangles',
    offset: regl.prop<StrokesProps, 'first'>('first'),
    count: regl.prop<StrokesProps, 'count'>('count'),
  });
}
