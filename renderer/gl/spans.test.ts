import { expect, test } from 'vitest';
import { spansOf } from './spans.ts';

const minMax = Int16Array.of(-1, 1, -2, 2, -3, 3, 10, 11, 20, 21, 30, 31);

test('each row has its first and last column twice where nothing lies beside', () => {
  expect([...spansOf({ minMax, columns: 3, pooled: 1 })]).toEqual([
    -1, 1, -1, 1, -2, 2, -3, 3, -3, 3, 10, 11, 10, 11, 20, 21, 30, 31, 30, 31,
  ]);
});

test('what lies beside a tile is there, within what the numbers hold', () => {
  const beside = Float32Array.of(-7.4, 7.6, Number.NaN, Number.NaN, -1e6, 1e6, 5, 6);
  expect([...spansOf({ minMax, columns: 3, pooled: 1, beside })]).toEqual([
    -7, 8, -1, 1, -2, 2, -3, 3, -3, 3, -32768, 32767, 10, 11, 20, 21, 30, 31, 5, 6,
  ]);
});

test('columns taken together have their least and greatest, the last too', () => {
  expect([...spansOf({ minMax, columns: 3, pooled: 2 })]).toEqual([
    -2, 2, -2, 2, -3, 3, -3, 3, 10, 21, 10, 21, 30, 31, 30, 31,
  ]);
});
