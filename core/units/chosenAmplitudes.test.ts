import { expect, test } from 'vitest';
import { sortSpikes } from '../shared/sorting.ts';
import { unitTrains } from '../shared/unitTrains.ts';
import { chosenAmplitudes } from './chosenAmplitudes.ts';

const trains = unitTrains({
  samplingFrequency: 1000,
  unitIds: [1, 2],
  segments: [sortSpikes([10, 20, 30], [0, 1, 0]), sortSpikes([5, 5, 15], [0, 1, 1])],
  properties: {},
});
const values = [Float32Array.of(1, 3, 4), Float32Array.of(2, 5, 6)];
const amplitudes = { unit: 'raw', source: 'a test', of: (part: number) => values[part]! } as const;

test('all spikes of a merged unit, in order of time, each with its own amplitude', () => {
  const all = chosenAmplitudes(trains, [1, 0], amplitudes, 10);
  expect([...all.segment]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([...all.sampleIndex]).toEqual([10, 20, 30, 5, 5, 15]);
  expect([...all.amplitude]).toEqual([1, 2, 3, 5, 4, 6]);
  expect(all).toMatchObject({ shown: 6, numSpikes: 6, unit: 'raw', source: 'a test' });
});

test('an even choice of them', () => {
  const some = chosenAmplitudes(trains, [0, 1], amplitudes, 3);
  expect([...some.amplitude]).toEqual([2, 4, 6]);
  expect(some).toMatchObject({ shown: 3, numSpikes: 6 });
  expect(chosenAmplitudes(trains, [0], amplitudes, 0).shown).toBe(0);
});
