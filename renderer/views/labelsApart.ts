import type { LabelMark } from '../gl/mark.ts';

/** CSS pixels of a character and a line of the labels. */
const WIDE = 7;
const HIGH = 12;

/** Each label at the first of its places where it lies over none of those before it; left out where there is none. */
export function labelsApart(labels: readonly (readonly LabelMark[])[]): LabelMark[] {
  const kept: LabelMark[] = [];
  for (const places of labels) {
    const free = places.find((label) => kept.every((other) => apart(label, other)));
    if (free) kept.push(free);
  }
  return kept;
}

function apart(a: LabelMark, b: LabelMark): boolean {
  const [p, q] = [spanOf(a), spanOf(b)];
  return Math.abs(a.y - b.y) >= HIGH || p[1] <= q[0] || q[1] <= p[0];
}

function spanOf({ x, text, align }: LabelMark): readonly [number, number] {
  const width = WIDE * text.length;
  const from = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return [from, from + width];
}
