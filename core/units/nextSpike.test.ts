import { expect, test } from 'vitest';
import { sortSpikes } from '../shared/sorting.ts';
import { unitTrains } from '../shared/unitTrains.ts';
import { type From, nextSpike } from './nextSpike.ts';

const trains = unitTrains({
  samplingFrequency: 1000,
  unitIds: [1, 2, 3],
  segments: [sortSpikes([10, 20, 20, 30], [0, 1, 2, 0]), sortSpikes([], []), sortSpikes([5, 15], [1, 0])],
  properties: {},
});
const find = (rows: number[][], segment: number, frame: number, direction: From['direction']) => {
  const found = nextSpike(trains, rows, { segment, frame, direction });
  return found && [found.row, found.segment, found.frame];
};

test('the spike itself is not its own next', () => {
  expect(find([[0], [1]], 0, 10, 'next')).toEqual([1, 0, 20]);
  expect(find([[0], [1]], 0, 20, 'next')).toEqual([0, 0, 30]);
  expect(find([[0], [1]], 0, 20, 'previous')).toEqual([0, 0, 10]);
});

test('other segments, merged units, and nothing', () => {
  expect(find([[2, 0]], 0, 30, 'next')).toEqual([0, 2, 15]);
  expect(find([[1]], 2, 5, 'previous')).toEqual([0, 0, 20]);
  expect(find([[2]], 1, 0, 'next')).toBeUndefined();
  expect(find([[0]], 0, 10, 'previous')).toBeUndefined();
  expect(find([], 0, 10, 'next')).toBeUndefined();
  expect(find([[0]], 9, 0, 'previous')).toBeUndefined();
});
