import { expect, test } from 'vitest';
import { random } from './random.ts';
import { type Sorting, sortSpikes, spikeCounts, spikeTrain } from './sorting.ts';
import { firstFrom, mergedTrains, unitTrains, valuesByUnit } from './unitTrains.ts';

const draw = random(5);
const segment = (spikes: number) =>
  sortSpikes(
    Float64Array.from({ length: spikes }, () => draw.integer(300)),
    Int32Array.from({ length: spikes }, () => draw.integer(3)),
  );
/** Unit 'd' has no spikes. */
const sorting: Sorting = {
  samplingFrequency: 1000,
  unitIds: ['a', 'b', 'c', 'd'],
  segments: [segment(200), segment(0), segment(50)],
  properties: {},
};

test('trains are those of the sorting, in each segment', () => {
  const trains = unitTrains(sorting);
  expect(trains.counts).toEqual(spikeCounts(sorting));
  for (const unit of sorting.unitIds.keys())
    for (const at of sorting.segments.keys()) expect(trains.train(unit, at)).toEqual(spikeTrain(sorting, unit, at));
  expect(unitTrains(sorting)).toBe(trains);
});

test('values of spikes are dealt out in order', () => {
  const values = valuesByUnit([Int32Array.of(1, 0, 1), Int32Array.of(0, 1)], 3, [10, 20, 30, 40, 50]);
  expect(values.map((own) => [...own])).toEqual([[20, 40], [10, 30, 50], []]);
});

test('merged trains are in order of time, of one frame in order of the list', () => {
  const lists = [[1, 5, 5, 9], [], [0, 5], [5], [20]].map((train) => Float64Array.from(train));
  const { sampleIndex, unitIndex } = mergedTrains(lists);
  expect([...sampleIndex]).toEqual([0, 1, 5, 5, 5, 5, 9, 20]);
  expect([...unitIndex]).toEqual([2, 0, 0, 0, 2, 3, 0, 4]);
  expect(mergedTrains([]).sampleIndex).toHaveLength(0);
});

test('the first place from a frame', () => {
  const train = Float64Array.of(2, 4, 4, 7);
  expect([0, 2, 3, 4, 5, 8].map((frame) => firstFrom(train, frame))).toEqual([0, 0, 1, 1, 3, 4]);
});
