import { expect, test } from 'vitest';
import { random } from '../shared/random.ts';
import { sortSpikes } from '../shared/sorting.ts';
import { unitTrains } from '../shared/unitTrains.ts';
import { addCorrelograms, correlogramBins, correlogramsOfUnions, roundHalfEven } from './correlate.ts';

test('bins are whole frames, the window a multiple of them', () => {
  const bins = correlogramBins(30_000, 50, 1);
  expect([bins.windowFrames, bins.binFrames, bins.bins]).toEqual([750, 30, 50]);
  expect([bins.edgesMs[0], bins.edgesMs[25], bins.edgesMs[50]]).toEqual([-25, 0, 25]);
  expect(correlogramBins(1000, 21, 4).windowFrames).toBe(8); // half of 21 frames rounds to 10, two bins of 4 fit
});

test('halves round to even, as in Python', () => {
  expect([0.5, 1.5, 2.5, -0.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, -0, 2, 3]);
});

const brute = (samples: ArrayLike<number>, units: ArrayLike<number>, n: number, window: number, bin: number) => {
  const bins = (2 * window) / bin;
  const counts = new Array<number>(n * n * bins).fill(0);
  for (let i = 0; i < samples.length; i++)
    for (let j = 0; j < samples.length; j++) {
      const lag = samples[i]! - samples[j]!;
      if (i === j || lag < -window || lag >= window) continue;
      counts[(units[i]! * n + units[j]!) * bins + Math.floor(lag / bin) + window / bin]!++;
    }
  return counts;
};

test('every pair is counted once each way, borders and coincidences included', () => {
  const draw = random(3);
  for (let round = 0; round < 20; round++) {
    const spikes = sortSpikes(
      Float64Array.from({ length: 200 }, () => draw.integer(400)),
      Int32Array.from({ length: 200 }, () => draw.integer(3)),
    );
    const bins = correlogramBins(1000, 20, 2);
    const counts = new Int32Array(9 * bins.bins);
    addCorrelograms(counts, spikes, 3, bins);
    expect([...counts]).toEqual(brute(spikes.sampleIndex, spikes.unitIndex, 3, 10, 2));
  }
});

test('a union has the correlogram of its spikes put together', () => {
  const draw = random(4);
  const spikes = sortSpikes(
    Float64Array.from({ length: 500 }, () => draw.integer(900)),
    Int32Array.from({ length: 500 }, () => draw.integer(5)),
  );
  const sorting = { samplingFrequency: 1000, unitIds: [0, 1, 2, 3, 4], segments: [spikes], properties: {} };
  const bins = correlogramBins(1000, 30, 3);
  const merged = sortSpikes(
    spikes.sampleIndex.filter((_, i) => spikes.unitIndex[i] !== 2),
    spikes.unitIndex.filter((unit) => unit !== 2).map((unit) => [0, 1, -1, 0, 0][unit]!),
  );
  const counts = correlogramsOfUnions(unitTrains(sorting), [[0, 3, 4], [1]], bins);
  expect([...counts]).toEqual(brute(merged.sampleIndex, merged.unitIndex, 2, 15, 3));
});
