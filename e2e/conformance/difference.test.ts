import { expect, test } from 'vitest';
import { difference } from './difference.ts';

test('each kind has its figure', () => {
  const numbers = { ours: [1, 2.5, -10], golden: [1, 2, -8] };
  expect(difference('abs', numbers)).toBe(2);
  expect(difference('rel', numbers)).toBe(0.25);
  expect(difference('max', numbers)).toBe(0.25);
  expect(difference('exact', numbers)).toBe(2);
});

test('NaN equals NaN only; a missing value is infinitely far', () => {
  expect(difference('abs', { ours: [Number.NaN, 1], golden: [Number.NaN, 1] })).toBe(0);
  expect(difference('abs', { ours: [Number.NaN], golden: [1] })).toBe(Number.POSITIVE_INFINITY);
  expect(difference('rel', { ours: [1], golden: [Number.NaN] })).toBe(Number.POSITIVE_INFINITY);
  expect(difference('exact', { ours: [1], golden: [1, 2] })).toBe(Number.POSITIVE_INFINITY);
  expect(difference('rel', { ours: [1e-9], golden: [0] })).toBe(Number.POSITIVE_INFINITY);
  expect(difference('rel', { ours: [0], golden: [-0] })).toBe(0);
});
