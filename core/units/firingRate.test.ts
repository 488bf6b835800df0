import { expect, test } from 'vitest';
import { addSpikes } from './firingRate.ts';

test('segments lie one after the other; the last frame is in the last bin', () => {
  const out = new Float64Array(4);
  const bins = { bins: 4, seconds: 2 };
  addSpikes(out, Float64Array.of(0, 499, 500, 999), 0, 1000, bins);
  addSpikes(out, Float64Array.of(0, 500, 999, 1000), 1, 1000, bins);
  expect([...out]).toEqual([2, 2, 1, 3]);
});
