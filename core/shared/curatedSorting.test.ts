import { expect, test } from 'vitest';
import { curatedSorting } from './curatedSorting.ts';
import { replay } from './curation.ts';
import type { Sorting } from './sorting.ts';

const sorting: Sorting = {
  samplingFrequency: 1000,
  unitIds: ['a', 'b', 'c'],
  segments: [{ sampleIndex: Float64Array.of(3, 4, 5, 5), unitIndex: Int32Array.of(2, 0, 0, 1) }],
  properties: { depth: [10, 20, 30], side: ['l', 'r', 'l'] },
};
const initial = sorting.unitIds.map((unitId) => ({ unitId, numSpikes: 1 }));

test('merged units have the spikes of their parts, in order; removed ones are left out', () => {
  const { units } = replay(initial, [{ type: 'merge', unitIds: ['a', 'c'], into: '1' }]);
  expect(curatedSorting(sorting, units)).toEqual({
    samplingFrequency: 1000,
    unitIds: ['b', '1'],
    segments: [{ sampleIndex: Float64Array.of(3, 4, 5, 5), unitIndex: Int32Array.of(1, 1, 0, 1) }],
    properties: { depth: [20, Number.NaN], side: ['r', ''] },
  });
  const removed = curatedSorting(sorting, replay(initial, [{ type: 'remove', unitIds: ['a'] }]).units);
  expect(removed.segments[0]).toEqual({ sampleIndex: Float64Array.of(3, 5), unitIndex: Int32Array.of(1, 0) });
});

test('without edits it is the sorting again', () => {
  expect(curatedSorting(sorting, replay(initial, []).units)).toEqual(sorting);
});
