import { expect, test } from 'vitest';
import { centerOfMass } from './centerOfMass.ts';
import { fitMonopole } from './monopole.ts';

const channels = Int32Array.from({ length: 16 }, (_, c) => c);
const x = Float64Array.from(channels, (c) => (c % 2) * 25);
const y = Float64Array.from(channels, (c) => Math.floor(c / 2) * 20);

test('a point source is found again from its 1/distance law', () => {
  for (const source of [
    { x: 5, y: 72, z: 15, alpha: 4000 },
    { x: -30, y: 10, z: 40, alpha: 9000 },
    { x: 60, y: 130, z: 3, alpha: 2000 },
  ]) {
    const strength = Float64Array.from(
      channels,
      (c) => source.alpha / Math.hypot(x[c]! - source.x, y[c]! - source.y, source.z),
    );
    const found = fitMonopole(strength, channels, x, y, 1000);
    expect(found.x).toBeCloseTo(source.x, 2);
    expect(found.y).toBeCloseTo(source.y, 2);
    expect(found.z).toBeCloseTo(source.z, 1);
    expect(found.alpha / source.alpha).toBeCloseTo(1, 3);
  }
});

test('a source held on its bound, 1 µm off the probe, is best in the plane', () => {
  // Strengths no point source makes: one contact stands out.
  const strength = Float64Array.from(channels, (c) => (c === 5 ? 300 : 60 / (1 + Math.abs(y[c]! - 45) / 30)));
  const found = fitMonopole(strength, channels, x, y, 1000);
  expect(found.z).toBe(1);
  const cost = (px: number, py: number) => {
    const near = Float64Array.from(channels, (c) => 1 / Math.hypot(x[c]! - px, y[c]! - py, 1));
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);
    return dot(strength, strength) - dot(near, strength) ** 2 / dot(near, near);
  };
  const here = cost(found.x, found.y);
  for (const [dx, dy] of [
    [0.05, 0],
    [-0.05, 0],
    [0, 0.05],
    [0, -0.05],
  ] as const)
    expect(cost(found.x + dx, found.y + dy)).toBeGreaterThanOrEqual(here);
});

test('the centre of mass of equal strengths is the middle', () => {
  expect(centerOfMass(new Float64Array(16).fill(3), channels, x, y)).toEqual([12.5, 70]);
});
