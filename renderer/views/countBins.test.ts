import { expect, test } from 'vitest';
import { random } from '../../core/shared/random.ts';
import { binOf, countBins } from './countBins.ts';

test('counts as looking at each bin by itself does', () => {
  const { uniform } = random(3);
  const values = Array.from({ length: 2000 }, () => 20 * uniform() - 5);
  const counts = countBins(values, [0, 10], 40);
  const naive = Array.from({ length: 40 }, (_, i) => {
    const [low, high] = [i / 4, (i + 1) / 4];
    return values.filter((v) => v >= low && (v < high || (i === 39 && v === 10))).length;
  });
  expect([...counts]).toEqual(naive);
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.filter((v) => v >= 0 && v <= 10).length);
});

test('both ends belong to the range; what is no number to no bin', () => {
  expect([...countBins([0, 4, Number.NaN, Number.POSITIVE_INFINITY, -1], [0, 4], 2)]).toEqual([1, 1]);
  expect(binOf(Number.NaN, [0, 1], 3)).toBeUndefined();
  expect(binOf(1, [0, 1], 3)).toBe(2);
});
