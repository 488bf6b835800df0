import { expect, test } from 'vitest';
import { type DensityArgs, density } from './density.ts';

function lines(position: number[], more: Partial<DensityArgs> = {}): DensityArgs {
  return {
    position: Float32Array.from(position),
    run: 2,
    from: 0,
    to: position.length / 4,
    at: undefined,
    scale: [1, 1],
    corner: [0, 0],
    pixels: [1, 1],
    width: 8,
    height: 6,
    opacity: 1,
    ...more,
  };
}

/** Of each column, which pixels are covered by more than `least`. */
function lit(out: Uint8Array, least = 100, height = 6): string[] {
  return Array.from({ length: out.length / height }, (_, x) =>
    Array.from({ length: height }, (_, y) => (out[x * height + y]! > least ? '#' : '.')).join(''),
  );
}

test('a level line covers the columns it passes, one pixel high', () => {
  expect(lit(density(lines([1, 2.5, 5.9, 2.5])))).toEqual([
    '......',
    '..#...',
    '..#...',
    '..#...',
    '..#...',
    '..#...',
    '......',
    '......',
  ]);
});

test('a steep line covers all it crosses in its column, and both ways alike', () => {
  const up = density(lines([3.2, 0.5, 3.8, 4.5]));
  expect(lit(up)[3]).toBe('#####.');
  expect(density(lines([3.8, 4.5, 3.2, 0.5]))).toEqual(up);
});

test('a slope covers what lies between the edges of each column', () => {
  const slope = lit(density(lines([0, 0, 8, 8])));
  expect(slope.slice(0, 3)).toEqual(['#.....', '.#....', '..#...']);
});

test('lines over each other are blended', () => {
  const opacity = 0.25;
  const once = density(lines([0, 2.5, 7, 2.5], { opacity }));
  const twice = density(lines([0, 2.5, 7, 2.5, 0, 2.5, 7, 2.5], { opacity }));
  expect(once[3 * 6 + 2]).toBe(Math.round(255 * 0.25));
  expect(twice[3 * 6 + 2]).toBe(Math.round(255 * (1 - 0.75 ** 2)));
});

test('lines that are not asked for are left out, the others lie where they were moved', () => {
  const args = lines([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0], {
    at: Float32Array.of(0, 0, 2, 3.5, 5, 0.5),
    from: 1,
    to: 2,
  });
  expect(lit(density({ ...args, scale: [2.9, 1] }))).toEqual([
    '......',
    '......',
    '...#..',
    '...#..',
    '...#..',
    '......',
    '......',
    '......',
  ]);
});

test('what lies far outside, or is no number, is quickly passed over', () => {
  const out = density(lines([-1e9, 2.5, 1e9, 2.5, Number.NaN, 1, 3, Number.NaN, 20, 1, 30, 1, 2, -50, 3, -40]));
  expect(lit(out)).toEqual(Array(8).fill('..#...'));
});
