import { expect, test } from 'vitest';
import type { NumberInput } from './fields.ts';
import { sliderRange } from './sliderRange.ts';

const number = (change: Partial<NumberInput> = {}): NumberInput => ({
  kind: 'number',
  whole: false,
  words: [],
  empty: false,
  ...change,
});

test('between two limits it goes evenly, and stays within them', () => {
  const range = sliderRange(number({ min: 0, below: 1 }), 0.5, 0.5)!;
  expect(range.positionOf(0.25)).toBe(0.25);
  expect(range.valueAt(0.5)).toBe(0.5);
  expect(range.valueAt(1)).toBeLessThan(1);
});

test('around a positive default it goes by powers of ten, in few digits', () => {
  const range = sliderRange(number({ above: 0 }), 300, 300)!;
  expect(range.positionOf(300)).toBeCloseTo(0.5, 6);
  expect(range.valueAt(0)).toBe(10);
  expect(range.valueAt(1)).toBe(9000);
  expect(String(range.valueAt(0.37)).length).toBeLessThan(7);
});

test('whole numbers stay whole; a value beyond the reach is on it', () => {
  const range = sliderRange(number({ whole: true, min: 1 }), 5, 1000)!;
  expect(range.valueAt(0.3)).toBe(Math.round(range.valueAt(0.3)));
  expect(range.valueAt(1)).toBe(1000);
  expect(range.valueAt(0)).toBe(1);
});

test('nothing tells how far: no slider', () => {
  expect(sliderRange(number(), null, 5)).toBeUndefined();
  expect(sliderRange(number(), 0, 5)).toBeUndefined();
});
