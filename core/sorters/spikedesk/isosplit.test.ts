import { expect, test } from 'vitest';
import { random } from '../../shared/random.ts';
import { isocut } from './isocut.ts';
import { byLabel, isosplit } from './isosplit.ts';
import { downUp, upDown } from './isotonic.ts';
import type { Points } from './points.ts';
import { valley } from './valley.ts';

const options = { parcels: 12, threshold: 2, valley: 3, minSize: 10, seed: 1 };

/** Gaussian groups of deviation 1: their sizes and the place of each along the first axis. */
function groups(sizes: readonly number[], places: readonly number[], dimensions = 5, seed = 1): Points {
  const r = random(seed);
  const rows = sizes.flatMap((size, k) =>
    Array.from({ length: size }, () =>
      Array.from({ length: dimensions }, (_, d) => r.gaussian() + (d === 0 ? places[k]! : 0)),
    ),
  );
  return { count: rows.length, dimensions, values: Float32Array.from(rows.flat()) };
}

const along = (points: Points) =>
  Float32Array.from({ length: points.count }, (_, i) => points.values[i * points.dimensions]!);

test('upDown rises, then falls, and leaves what already does so', () => {
  const ones = new Float64Array(5).fill(1);
  expect([...upDown(Float64Array.of(1, 2, 5, 3, 1), ones).fit]).toEqual([1, 2, 5, 3, 1]);
  expect([...upDown(Float64Array.of(2, 1, 5, 1, 3), ones).fit]).toEqual([1.5, 1.5, 5, 2, 2]);
  expect(upDown(Float64Array.of(2, 1, 5, 1, 3), ones).peak).toBe(2);
  expect([...downUp(Float64Array.of(3, 1, 2, 0, 4), ones)]).toEqual([3, 1.5, 1.5, 0, 4]);
  // Weights: the heavy value pulls its pool.
  expect([...upDown(Float64Array.of(4, 1, 9), Float64Array.of(1, 3, 1)).fit]).toEqual([1.75, 1.75, 9]);
});

test('isocut: one mode scores low, two score high and are cut between', () => {
  expect(isocut(along(groups([1000], [0]))).score).toBeLessThan(1.3);
  const two = isocut(along(groups([500, 500], [0, 6])));
  expect(two.score).toBeGreaterThan(2);
  expect(two.at).toBeGreaterThan(2);
  expect(two.at).toBeLessThan(4);
  expect(isocut(Float32Array.of(1, 1, 1)).score).toBe(0);
});

test('valley sees a small group that isocut does not', () => {
  const points = groups([40, 400], [6, 0]);
  expect(isocut(along(points)).score).toBeLessThan(2);
  const found = valley(along(points), 40);
  expect(found.depth).toBeGreaterThan(3);
  expect(found.at).toBeGreaterThan(2);
  expect(found.at).toBeLessThan(5);
  expect(valley(along(groups([200, 200], [0, 0])), 200).depth).toBeLessThan(1);
});

test('isosplit leaves one group whole, whatever the seed', () => {
  for (let seed = 0; seed < 10; seed++) {
    const labels = isosplit(groups([60 + 40 * seed], [0], 6, seed), { ...options, seed });
    expect(new Set(labels).size).toBe(1);
  }
});

test('isosplit finds four groups of unlike sizes', () => {
  const points = groups([600, 300, 100, 30], [0, 8, 16, -8]);
  const parts = byLabel(isosplit(points, options));
  expect(parts.map((rows) => rows.length).sort((a, b) => a - b)).toEqual([30, 100, 300, 600]);
  expect(isosplit(points, options)).toEqual(isosplit(points, options));
});

test('a group below minSize joins its neighbour; no points, no groups', () => {
  expect(new Set(isosplit(groups([100, 5], [0, 12]), options)).size).toBe(1);
  expect(isosplit({ count: 0, dimensions: 3, values: new Float32Array() }, options)).toHaveLength(0);
});
