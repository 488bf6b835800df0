import { expect, test } from 'vitest';
import { random } from '../../shared/random.ts';
import { largestEigenvectors } from './eigenvectors.ts';

test('the eigenvectors of a covariance that was put together from them', () => {
  const size = 12;
  const r = random(1);
  // An orthonormal set by reflection: I - 2 v vT
  const v = Float64Array.from({ length: size }, () => r.gaussian());
  const norm = v.reduce((sum, x) => sum + x * x, 0);
  const vector = (k: number) =>
    Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0) - (2 * v[i]! * v[k]!) / norm);
  const values = [9, 4, 3.9, 0.5, 0.1];
  const matrix = new Float64Array(size * size);
  values.forEach((value, k) => {
    const e = vector(k);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j]! += value * e[i]! * e[j]!;
  });
  const found = largestEigenvectors(matrix, size, 3);
  for (let k = 0; k < 3; k++) {
    const cosine = vector(k).reduce((sum, x, i) => sum + x * found[k * size + i]!, 0);
    expect(Math.abs(cosine)).toBeGreaterThan(0.999);
  }
});

test('a matrix of lower rank, and none at all', () => {
  const one = largestEigenvectors(Float64Array.of(0, 0, 0, 0, 5, 0, 0, 0, 0), 3, 3);
  expect(Array.from(one.subarray(0, 3), Math.round)).toEqual([0, 1, 0]);
  expect(largestEigenvectors(new Float64Array(9), 3, 2).every(Number.isFinite)).toBe(true);
});
