import { expect, test } from 'vitest';
import { addIntervals, isiBins } from './isi.ts';

test('bins are whole frames, the window a multiple of them', () => {
  expect(isiBins(30_000, 50, 1)).toEqual({ binFrames: 30, bins: 50 });
  expect(isiBins(1000, 11, 4)).toEqual({ binFrames: 4, bins: 2 });
  expect(isiBins(1000, 50, 0.01)).toEqual({ binFrames: 1, bins: 50 });
  expect(isiBins(1000, 1, 5)).toEqual({ binFrames: 5, bins: 1 });
});

test('each interval falls into one bin; the right border is in the last, beyond is in none', () => {
  const out = new Float64Array(3);
  // intervals 0, 1, 2, 4, 5, 6, 7
  addIntervals(out, Float64Array.of(10, 10, 11, 13, 17, 22, 28, 35), { binFrames: 2, bins: 3 });
  expect([...out]).toEqual([2, 1, 3]);
});
