import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test('between neighbours in proportion, as numpy', () => {
  expect(percentile(Float32Array.of(4, 1, 3, 2), 50)).toBe(2.5);
  expect(percentile(Float32Array.of(4, 1, 3, 2), 25)).toBe(1.75);
  expect(percentile(Float32Array.of(4, 1, 3), 100)).toBe(4);
  expect(percentile(new Float32Array(), 50)).toBe(Number.NaN);
});
