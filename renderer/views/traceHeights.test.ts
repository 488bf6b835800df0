import { expect, test } from 'vitest';
import type { TraceTile } from '../../core/shared/api.ts';
import { centerOf, fittingHeight, meansOf, middlesOf } from './traceHeights.ts';

/** Rows that swing so far around their offsets. */
function swinging(swings: readonly number[], offset = 0, firstRow = 0): TraceTile {
  const columns = 10;
  const minMax = Int16Array.from(
    swings.flatMap((swing) => Array.from({ length: 2 * columns }, (_, i) => offset + (i % 2 === 0 ? -swing : swing))),
  );
  const channels = Int32Array.from(swings.keys());
  return { tile: 0, firstRow, channels, columns, minMax, scale: 0.5, unit: 'µV', sampled: 1 };
}

test('the middle of a row is its offset', () => {
  const tiles = [swinging([10, 20], 300)];
  expect([...meansOf(tiles)]).toEqual([150, 150]);
  expect([...centerOf(tiles[0]!, meansOf(tiles))]).toEqual([300, 300]);
});

test('middles are whole steps: panning moves and uploads nothing, and nothing depends on what was seen before', () => {
  const keeper = {};
  const at = (offset: number) => middlesOf([swinging([10], offset)], { keeper, key: 'raw', step: 5 });
  const first = at(300);
  expect(first[0]).toBe(150);
  expect(at(304)).toBe(first);
  expect(at(306)[0]).toBe(155);
  expect([...at(300)]).toEqual([...first]);
});

test('a row is as high as most rows swing, whatever their offsets', () => {
  expect(fittingHeight([swinging([100, 100, 100, 100], 5000)])).toBeCloseTo(1.4 * 50);
});

test('a loud channel does not make the others flat', () => {
  expect(fittingHeight([swinging([100, 100, 100]), swinging([9000], 0, 3)])).toBeCloseTo(1.4 * 50);
});

test('of many rows drawn as lines, spikes reach over some, noise does not; in colours noise alone is pale', () => {
  const calm = (n: number) => fittingHeight([swinging(Array.from({ length: n }, () => 100))]);
  expect(calm(64)).toBeCloseTo(1.4 * 50);
  expect(calm(384)).toBeCloseTo(1.4 * 3 * 50);
  const spiking = (n: number) => {
    const tile = swinging(Array.from({ length: n }, () => 100));
    for (let row = 0; row < n; row++) for (const at of [4, 9]) tile.minMax[20 * row + at] = at === 4 ? -2000 : 2000;
    return fittingHeight([tile]);
  };
  expect(spiking(16)).toBeCloseTo(1.4 * 1000);
  expect(spiking(32)).toBeCloseTo((1.4 * 1000) / Math.SQRT2);
  expect(spiking(64)).toBeCloseTo((1.4 * 1000) / 1.6);
});

test('nothing but silence fits any height', () => {
  expect(fittingHeight([swinging([0, 0])])).toBeUndefined();
  expect(fittingHeight([])).toBeUndefined();
});
