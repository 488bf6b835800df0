import type { LabelMark } from '../gl/mark.ts';

/** CSS pixels of a character and a line of the labels. */
const WIDE = 7;
const HIGH = 12;

/** Of labels that would lie over each other the first. */
export function labelsApart(labels: readonly LabelMark[]): LabelMark[] {
  const kept: LabelMark[] = [];
  for (const label of labels) if (kept.every((other) => apart(label, other))) kept.push(label);
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
