import { expect, test } from 'vitest';
import type { MetricUnit } from '../metrics/metric.ts';
import { sortSpikes } from '../shared/sorting.ts';
import type { Contents } from './contents.ts';
import { evenly, partsOf, unionMetricUnit, unionTemplate } from './curated.ts';
import type { Templates } from './templates.ts';

// Three units on three channels; a has channels 0 and 1, b has 1 and 2, c has 0.
const contents: Contents = {
  folder: '/analyzer',
  info: {
    samplingFrequency: 1000,
    channelIds: ['x', 'y', 'z'],
    numFrames: [1000],
    tStart: [0],
    dtype: 'int16',
    isFiltered: true,
    properties: {},
    annotations: {},
  },
  layout: undefined,
  sorting: {
    samplingFrequency: 1000,
    unitIds: ['a', 'b', 'c'],
    segments: [sortSpikes([10, 20, 30], [0, 1, 2])],
    properties: {},
  },
  returnInUv: true,
  peakSign: 'both',
  peakMode: 'extremum',
  mainChannels: Int32Array.of(0, 1, 0),
  channelsOf: [Int32Array.of(0, 1), Int32Array.of(1, 2), Int32Array.of(0)],
  sparse: true,
  recording: undefined,
};
// One sample: [units][1][channels]
const templates: Templates = {
  average: Float32Array.of(-8, -4, 0, 0, -10, -2, -6, 0, 0),
  std: Float32Array.of(1, 1, 0, 0, 3, 1, 2, 0, 0),
  units: 3,
  samples: 1,
  channels: 3,
  nbefore: 0,
  msBefore: 1,
  msAfter: 2,
};

test('a union is the mean of its parts by their spikes, on the channels any of them has', () => {
  const { channels, average, std, mainChannel } = unionTemplate(contents, templates, [30, 10, 5], [0, 1]);
  expect([...channels]).toEqual([0, 1, 2]);
  expect([...average]).toEqual([-8, -5.5, -2]); // channel 1: (30 × -4 + 10 × -10) / 40
  // Spread of all 40 spikes about -5.5: ((1 + 16) × 30 + (9 + 100) × 10) / 40 - 5.5²
  expect(std[1]).toBeCloseTo(Math.sqrt((17 * 30 + 109 * 10) / 40 - 5.5 ** 2), 5);
  expect(std[0]).toBe(1);
  expect(mainChannel).toBe(0);
});

test('an original unit keeps its template and main channel', () => {
  const { channels, average, mainChannel } = unionTemplate(contents, templates, [30, 10, 5], [1]);
  expect([[...channels], [...average], mainChannel]).toEqual([[1, 2], [-10, -2], 1]);
});

test('the metrics of a union see all of its spikes', () => {
  const unit = (trains: number[][], amplitudes: number[]): MetricUnit => ({
    samplingFrequency: 1000,
    numFrames: [1000, 500],
    trains: trains.map((train) => Float64Array.from(train)),
    amplitudes: Float32Array.from(amplitudes),
  });
  const originals = [unit([[10, 30], [5]], [-8, -9, -7]), unit([[20], []], [-10])];
  const template = unionTemplate(contents, templates, [3, 1, 0], [0, 1]);
  const merged = unionMetricUnit((part) => originals[part]!, [0, 1], template, 0, [2, 4, 8]);
  expect(merged.trains.map((train) => [...train])).toEqual([[10, 20, 30], [5]]);
  expect([...(merged.amplitudes ?? [])].sort()).toEqual([-10, -7, -8, -9]);
  expect(merged.noiseLevel).toBe(2);
  expect([...(merged.template ?? [])]).toEqual([-8]);
});

test('parts are found by id, and a part that is gone is told', () => {
  expect(partsOf(contents, { unitId: 'm', from: ['c', 'a'] })).toEqual([2, 0]);
  expect(() => partsOf(contents, { unitId: 'm', from: ['a', 'q'] })).toThrow(/unit m is made of q/);
});

test('an even choice', () => {
  expect([...evenly(10, 5)]).toEqual([1, 3, 5, 7, 9]);
  expect([...evenly(3, 5)]).toEqual([0, 1, 2]);
  expect([...evenly(0, 5)]).toEqual([]);
});
