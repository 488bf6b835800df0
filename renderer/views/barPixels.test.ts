import { expect, test } from 'vitest';
import { fillBarPixels } from './barPixels.ts';

test('a wide bar fills its pixels', () => {
  const out = new Float32Array(6);
  fillBarPixels(out, 0, 6, [1, 2, 3], { first: 0, bins: 3, from: 0, to: 3, factor: 2 });
  expect([...out]).toEqual([2, 2, 4, 4, 6, 6]);
});

test('of thin bars each pixel shows the highest', () => {
  const out = new Float32Array(2);
  fillBarPixels(out, 0, 2, [0, 9, 1, 2, 3, 1], { first: 0, bins: 6, from: 0, to: 6, factor: 1 });
  expect([...out]).toEqual([9, 3]);
});

test('a stretch of it, one of many rows; beyond the ends nothing', () => {
  const out = new Float32Array(5).fill(7);
  fillBarPixels(out, 1, 4, [9, 9, 9, 1, 2, 3], { first: 3, bins: 3, from: 1, to: 5, factor: 1 });
  expect([...out]).toEqual([7, 2, 3, 0, 0]);
});
