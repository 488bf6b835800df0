import { expect, test } from 'vitest';
import { spatialKernel } from './spatialKernel.ts';

const sources = [
  [0, 0],
  [20, 0],
  [0, 20],
  [20, 20],
] as const;
const column = (target: readonly [number, number], kernel: Parameters<typeof spatialKernel>[2]) => [
  ...spatialKernel(sources, [target], kernel),
];

test('weights add up to 1, near contacts count more, outside there are none', () => {
  const kriging = column([5, 5], { method: 'kriging', sigmaUm: 20, p: 1 });
  expect(kriging.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  expect(kriging[0]).toBeGreaterThan(kriging[1]!);
  expect(kriging[1]).toBeCloseTo(kriging[2]!, 9);
  expect(column([25, 5], { method: 'kriging', sigmaUm: 20, p: 1 })).toEqual([0, 0, 0, 0]);
  expect(column([4, 6], { method: 'nearest' })).toEqual([1, 0, 0, 0]);
});

test('idw: by inverse distance to the nearest; at a contact, that one', () => {
  const idw = column([8, 0], { method: 'idw', nearest: 2 });
  expect(idw[0]).toBeCloseTo(12 / 20, 9);
  expect(idw.slice(2)).toEqual([0, 0]);
  expect(column([20, 20], { method: 'idw', nearest: 3 })).toEqual([0, 0, 0, 1]);
});
