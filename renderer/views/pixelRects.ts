import type { Box, Color, RectsMark } from '../gl/mark.ts';
import { FAR } from './axis.ts';
import { bytes } from './palette.ts';

/** Rectangles given in CSS pixels of the view, in one mark. */
export function pixelRects(boxes: readonly Box[], colors: Color | readonly Color[], clip?: Box): RectsMark {
  const all = { x: 0, y: 0, width: FAR, height: FAR };
  const rects = new Float32Array(4 * boxes.length);
  boxes.forEach(({ x, y, width, height }, i) => {
    rects.set([x, y + height, x + width, y], 4 * i);
  });
  return {
    kind: 'rects',
    box: all,
    domain: [0, FAR, FAR, 0],
    clip: clip ?? all,
    rects,
    colors: isOne(colors) ? bytes(colors, boxes.length) : allBytes(colors),
  };
}

function isOne(colors: Color | readonly Color[]): colors is Color {
  return typeof colors[0] === 'number';
}

function allBytes(colors: readonly Color[]): Uint8Array {
  const out = new Uint8Array(4 * colors.length);
  colors.forEach((color, i) => {
    out.set(bytes(color), 4 * i);
  });
  return out;
}
