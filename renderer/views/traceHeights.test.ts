import { expect, test } from 'vitest';
import type { TraceTile } from '../../core/shared/api.ts';
import { centers, fittingHeight } from './traceHeights.ts';

/** Rows that swing so far around their offsets. */
function swinging(swings: readonly number[], offset = 0): TraceTile {
  const columns = 10;
  const minMax = Int16Array.from(
    swings.flatMap((swing) => Array.from({ length: 2 * columns }, (_, i) => offset + (i % 2 === 0 ? -swing : swing))),
  );
  return { firstRow: 0, channels: Int32Array.from(swings.keys()), columns, minMax, scale: 0.5, unit: 'µV' };
}

test('the middle of a row is its offset', () => {
  expect([...centers(swinging([10, 20], 300))]).toEqual([300, 300]);
});

test('a row is as high as most rows swing, whatever their offsets', () => {
  expect(fittingHeight([swinging([100, 100, 100, 100], 5000)])).toBeCloseTo(1.4 * 50);
});

test('a loud channel does not make the others flat', () => {
  expect(fittingHeight([swinging([100, 100, 100]), swinging([9000])])).toBeCloseTo(1.4 * 50);
});

test('nothing but silence fits any height', () => {
  expect(fittingHeight([swinging([0, 0])])).toBeUndefined();
  expect(fittingHeight([])).toBeUndefined();
});
