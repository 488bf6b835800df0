import { expect, test } from 'vitest';
import { type CoverageArgs, coverage } from './coverage.ts';

const white = new Uint8Array([255, 255, 255, 255]);

/** One row of 0 at pixel 10 of 20, one pixel a value. */
function oneRow(spans: number[], more: Partial<CoverageArgs> = {}): CoverageArgs {
  return {
    minMax: Int16Array.from(spans),
    columns: spans.length / 2,
    pooled: 1,
    center: new Float32Array(1),
    pieces: new Float32Array([0, 1, 0]),
    colors: white,
    height: 20,
    zero: 10,
    perRow: 20,
    perValue: 1,
    width: 1,
    ...more,
  };
}

/** Opacities of the lines' pixels. */
function opacities(out: Uint8Array, line: number, height = 20): number[] {
  return Array.from({ length: height }, (_, y) => out[4 * (line * height + y) + 3]!);
}

/** From half a pixel below min to half a pixel above max. */
function covered(min: number, max: number, height = 20): number[] {
  const part = (y: number) => Math.max(0, Math.min(y + 1, 10 + max + 0.5) - Math.max(y, 10 + min - 0.5));
  return Array.from({ length: height }, (_, y) => Math.round(255 * part(y)));
}

function expectNear(found: number[], wanted: number[]): void {
  found.forEach((value, y) => {
    expect(Math.abs(value - wanted[y]!), `pixel ${y}: ${value}, not ${wanted[y]}`).toBeLessThanOrEqual(1);
  });
}

test('a column is covered from min to max and nowhere else', () => {
  const out = coverage(oneRow([-3, 2, -1, 4]));
  expectNear(opacities(out, 0), covered(-3, 2));
  expectNear(opacities(out, 1), covered(-1, 4));
});

test('columns apart meet in the middle of their gap', () => {
  const out = coverage(oneRow([-4, -4, 4, 4]));
  expectNear(opacities(out, 0), covered(-4, 0));
  expectNear(opacities(out, 1), covered(0, 4));
});

test('the first and last column meet those of the tiles beside', () => {
  const out = coverage(oneRow([0, 0, 0, 0], { beside: Float32Array.of(4, 6, -8, -6) }));
  expectNear(opacities(out, 0), covered(0, 2));
  expectNear(opacities(out, 1), covered(-3, 0));
});

test('columns taken together are covered from their least to their greatest', () => {
  const out = coverage(oneRow([-3, 2, -1, 4, 0, 0], { pooled: 2 }));
  expect(out.length).toBe(2 * 20 * 4);
  expectNear(opacities(out, 0), covered(-3, 4));
  expectNear(opacities(out, 1), covered(0, 0));
});

test('values out of sight and rows over each other leave no trace elsewhere', () => {
  const minMax = Int16Array.from([-30000, 30000, 100, 200, -200, 1, 1, 2, -30000, 30000, 5, 6]);
  const args = oneRow([0, 0], { minMax, columns: 2, center: new Float32Array(3), perRow: 0 });
  const pieces = new Float32Array([0, 1, 0, 0, 1, 1, 0, 1, 2]);
  const out = coverage({ ...args, pieces, colors: new Uint8Array(12).fill(255) });
  expect(opacities(out, 0)).toEqual(Array(20).fill(255));
  const higher = covered(5, 6);
  expectNear(
    opacities(out, 1),
    covered(1, 2).map((part, y) => part + higher[y]!),
  );
});

test('the row is moved by its centre and lies where its number says', () => {
  const out = coverage(oneRow([100, 101], { center: new Float32Array([100.5]) }));
  expectNear(opacities(out, 0), covered(-0.5, 0.5));
  const second = { minMax: Int16Array.from([0, 0, 1, 1]), columns: 1, center: new Float32Array(2), perRow: -3 };
  expectNear(opacities(coverage(oneRow([], { ...second, pieces: new Float32Array([0, 1, 1]) })), 0), covered(-2, -2));
});

test('a piece in another colour lies over the trace, on its own columns only', () => {
  const colors = new Uint8Array([9, 9, 9, 255, 255, 0, 0, 255]);
  const pieces = new Float32Array([0, 1, 0, 0.5, 0.75, 0]);
  const out = coverage(oneRow([0, 2, 0, 2, 0, 2, 0, 2], { pieces, colors }));
  const red = [0, 1, 2, 3].map((line) => out[4 * (line * 20 + 11)]!);
  expect(red).toEqual([9, 9, 255, 9]);
});

test('it is as opaque as its colour at most', () => {
  const out = coverage(oneRow([-3, 3], { colors: new Uint8Array([1, 2, 3, 128]) }));
  expect(Math.max(...opacities(out, 0))).toBe(128);
  expect([...out.subarray(4 * 10, 4 * 10 + 4)]).toEqual([1, 2, 3, 128]);
});
