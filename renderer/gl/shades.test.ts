import { expect, test } from 'vitest';
import { heatShades, shades } from './shades.ts';

/** Red is the index. */
const ramp = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 0 ? i / 4 : i % 4 === 3 ? 255 : 7));

function reds(colors: Uint8Array): number[] {
  return Array.from({ length: colors.length / 4 }, (_, i) => colors[4 * i]!);
}

test('values have the colours between both ends of the range, beyond them the last ones', () => {
  const out = shades(Float32Array.of(-5, 0, 5, 10, 99, Number.NaN), ramp, [0, 10]);
  expect(reds(out)).toEqual([0, 0, 128, 255, 255, 0]);
  expect([...out.subarray(0, 4)]).toEqual([0, 7, 7, 255]);
});

const tile = { columns: 2, rows: 2, pooled: 1, colormap: ramp, most: 100 };

test('of min and max the one further from the centre counts', () => {
  const minMax = Int16Array.of(-100, 20, -20, 100, 0, 0, 40, 60);
  const out = heatShades({ ...tile, minMax, center: Float32Array.of(0, 50) });
  expect(reds(out).slice(0, 2)).toEqual([0, 255]);
  expect(reds(out)[2]).toBe(64);
  expect(Math.abs(reds(out)[3]! - 127.5)).toBeCloseTo(12.75, -1);
});

test('the opacity says how far from zero a value is', () => {
  const minMax = Int16Array.of(-100, 0, 0, 50, 0, 10, 0, 0);
  const out = heatShades({ ...tile, minMax, center: new Float32Array(2) });
  const strength = [0, 1, 2, 3].map((i) => out[4 * i + 3]!);
  expect(strength[0]).toBe(255);
  expect(strength[0]!).toBeGreaterThan(strength[1]!);
  expect(strength[1]!).toBeGreaterThan(strength[2]!);
  expect(strength[2]!).toBeGreaterThan(strength[3]!);
});

test('columns taken together show their furthest value, also the last that has fewer', () => {
  const minMax = Int16Array.of(0, 10, -90, 0, 0, 30);
  const out = heatShades({ ...tile, minMax, columns: 3, rows: 1, pooled: 2, center: new Float32Array(1) });
  expect(reds(out)).toEqual([13, 166]);
});
