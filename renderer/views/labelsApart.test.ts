import { expect, test } from 'vitest';
import type { LabelMark } from '../gl/mark.ts';
import { labelsApart } from './labelsApart.ts';

const label = (text: string, x: number, y: number, align: LabelMark['align'] = 'left'): LabelMark => ({
  kind: 'label',
  text,
  x,
  y,
  align,
  tone: 'strong',
});

test('a label goes to its next place where it would lie over one before it, or is left out', () => {
  const shown = labelsApart([
    [label('135', 10, 50)],
    [label('137', 14, 52), label('137', 4, 52, 'right')],
    [label('25', 12, 54), label('25', 12, 45)],
    [label('7', 10, 70)],
  ]);
  expect(shown.map(({ text, align }) => `${text} ${align}`)).toEqual(['135 left', '137 right', '7 left']);
});
