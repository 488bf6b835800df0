import { expect, test } from 'vitest';
import { random } from './random.ts';

test('equal seeds give equal numbers, other seeds others', () => {
  const take = (seed: number) => {
    const r = random(seed);
    return [r.uniform(), r.integer(1000), r.gaussian(), r.gaussian()];
  };
  expect(take(7)).toEqual(take(7));
  const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
  expect(new Set(seeds.map((seed) => take(seed)[0])).size).toBe(seeds.length);
});

test('uniform fills [0, 1) evenly and integer(n) reaches 0 to n - 1', () => {
  const r = random(1);
  const bins = new Int32Array(10);
  const draws = 100_000;
  for (let i = 0; i < draws; i++) {
    const u = r.uniform();
    expect(u >= 0 && u < 1).toBe(true);
    bins[Math.floor(u * 10)]!++;
  }
  for (const count of bins) expect(Math.abs(count - draws / 10)).toBeLessThan(500); // 5 standard deviations
  const seen = new Set(Array.from({ length: 200 }, () => r.integer(6)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('gaussian has mean 0, deviation 1 and the right tails', () => {
  const r = random(2);
  const draws = 200_000;
  let sum = 0;
  let squares = 0;
  let beyondTwo = 0;
  for (let i = 0; i < draws; i++) {
    const g = r.gaussian();
    sum += g;
    squares += g * g;
    if (Math.abs(g) > 2) beyondTwo++;
  }
  expect(Math.abs(sum / draws)).toBeLessThan(0.01);
  expect(Math.abs(squares / draws - 1)).toBeLessThan(0.015);
  expect(Math.abs(beyondTwo / draws - 0.0455)).toBeLessThan(0.0025);
});
