import { expect, test } from 'vitest';
import { type Sorting, sortSpikes, type UnitId } from '../shared/sorting.ts';
import { compareToGroundTruth } from './groundTruth.ts';
import { countMatchingEvents, matchCounts } from './matchEvents.ts';
import { spikeLabels } from './spikeLabels.ts';

const every = (start: number, step: number, count: number) => Array.from({ length: count }, (_, i) => start + i * step);

function sorting(trains: Record<string, readonly number[]>): Sorting {
  const unitIds: UnitId[] = Object.keys(trains);
  const samples = Object.values(trains).flat();
  const units = Object.values(trains).flatMap((train, unit) => train.map(() => unit));
  return { samplingFrequency: 30_000, unitIds, segments: [sortSpikes(samples, units)], properties: {} };
}

const truth = sorting({ a: every(100, 1000, 100), b: every(600, 1000, 50), c: every(300, 2000, 20) });

test('a sorting that misses, adds, splits, merges and invents', () => {
  const tested = sorting({
    most: every(105, 1000, 90), // 90 of a's 100, 5 frames late
    rest: every(90_100, 1000, 10), // the other 10
    both: [...every(600, 1000, 50), ...every(300, 2000, 20)],
    invented: every(777, 3000, 30),
  });
  const found = compareToGroundTruth(truth, tested);
  expect(found.units.map(({ testedId, tp, fn, fp }) => [testedId, tp, fn, fp])).toEqual([
    ['most', 90, 10, 0],
    ['both', 50, 0, 20],
    [undefined, 0, 20, 0],
  ]);
  expect(found.units[1]!.performance.accuracy).toBe(50 / 70);
  expect(found.pooled.accuracy).toBeCloseTo((0.9 + 50 / 70 + 0) / 3, 15);
  expect(found.wellDetected).toEqual(['most']);
  expect(found.overmerged).toEqual(['both']);
  expect(found.bad).toEqual(['rest', 'invented']);
  expect(found.falsePositive).toEqual(['rest', 'invented']); // 10 of 100 is under redundant_score
  expect(found.redundant).toEqual([]);
});

test('a second copy of a unit is redundant, and nothing is false when the truth is not exhaustive', () => {
  const tested = sorting({ one: every(100, 1000, 100), again: every(101, 1000, 60) });
  expect(compareToGroundTruth(truth, tested).redundant).toEqual(['again']);
  expect(compareToGroundTruth(truth, tested, { exhaustive_gt: false }).redundant).toEqual([]);
});

test('spikes match up to delta_time, included', () => {
  const tested = sorting({ x: every(112, 1000, 100), y: every(613, 1000, 50) });
  expect([...matchCounts(truth, tested, 12)]).toEqual([100, 0, 0, 0, 0, 0]);
});

test('a burst does not match one spike twice', () => {
  const counts = matchCounts(sorting({ a: [100, 105, 110] }), sorting({ x: [104], y: [99, 103, 111] }), 12);
  expect([...counts]).toEqual([1, 3]);
  expect(countMatchingEvents(Float64Array.of(100, 105, 110), Float64Array.of(104), 12)).toBe(1);
  expect(countMatchingEvents(Float64Array.of(100, 300, 900), Float64Array.of(110, 500, 899), 12)).toBe(2);
});

test('every spike is labelled', () => {
  const tested = sorting({ x: [...every(100, 1000, 60), 600, 1600], y: every(2600, 1000, 40) });
  const { testedOf } = compareToGroundTruth(truth, tested);
  const labels = spikeLabels(truth, tested, testedOf, 12, true);
  const count = (all: readonly string[], label: string) => all.filter((one) => one === label).length;
  expect(count(labels.groundTruth[0]![0]!, 'TP')).toBe(60);
  expect(count(labels.groundTruth[0]![0]!, 'FN')).toBe(40);
  expect(count(labels.groundTruth[1]![0]!, 'CL_b_x')).toBe(2);
  expect(count(labels.tested[0]![0]!, 'CL_x_b')).toBe(2);
  expect(count(labels.groundTruth[2]![0]!, 'FN')).toBe(20);
});

test('different recordings are refused', () => {
  expect(() => compareToGroundTruth(truth, { ...truth, samplingFrequency: 20_000 })).toThrow(/20000 Hz/);
});
