import { expect, test } from 'vitest';
import { spikeCounts, spikeTrain } from '../shared/sorting.ts';
import { columnsProbe } from './columnsProbe.ts';
import { type GroundTruthParams, groundTruth } from './groundTruth.ts';
import { toyRecording } from './toy.ts';

const params: GroundTruthParams = {
  seed: 3,
  samplingFrequency: 30_000,
  seconds: [20],
  probe: columnsProbe(8, 2),
  snrs: [4, 6, 12, 20],
  ratesHz: [0.5, 15],
  hashSnrs: [2, 2.5, 3],
  noiseUv: 7,
  amplitudeJitter: 0.08,
  refractoryMs: 2.5,
  gainUv: 0.195,
};

function mad(values: Float32Array): number {
  const sorted = values.slice().sort();
  const median = sorted[sorted.length >> 1]!;
  const off = sorted.map((v) => Math.abs(v - median)).sort();
  return off[off.length >> 1]! / 0.6745;
}

test('equal seeds give equal traces and spikes, however they are read; another seed gives others', async () => {
  const a = groundTruth(params);
  const b = groundTruth(params);
  const whole = await a.recording.read(0, 0, 60_000);
  const part = await b.recording.read(0, 8_000, 20_011);
  expect(part).toEqual(whole.slice(8 * 8_000, 8 * 20_011));
  expect(b.sorting).toEqual(a.sorting);
  const other = groundTruth({ ...params, seed: 4 });
  expect(await other.recording.read(0, 0, 100)).not.toEqual(whole.slice(0, 800));
});

test('template peaks stand above the recording noise by the SNRs asked for', async () => {
  const { recording, templates, sorting } = groundTruth(params);
  const traces = await recording.read(0, 0, recording.info.numFrames[0]!);
  templates.forEach((template, unit) => {
    const at = template.indexOf(template.reduce((a, b) => Math.min(a, b)));
    const channel = at % 8;
    const noise = mad(Float32Array.from({ length: traces.length / 8 }, (_, f) => traces[f * 8 + channel]!)) * 0.195;
    expect(Math.abs(-template[at]! / noise / params.snrs[unit]! - 1)).toBeLessThan(0.1);
  });
  expect(sorting.properties.snr).toEqual(params.snrs);
});

test('the mean waveform at the true spikes is the template', async () => {
  const { recording, sorting, templates, before, samples } = groundTruth(params);
  const traces = await recording.read(0, 0, recording.info.numFrames[0]!);
  const unit = 3;
  const train = spikeTrain(sorting, unit, 0);
  const mean = new Float64Array(samples * 8);
  for (const frame of train)
    for (let i = 0; i < mean.length; i++) mean[i]! += (traces[(frame - before) * 8 + i]! * 0.195) / train.length;
  const template = templates[unit]!;
  let error = 0;
  let power = 0;
  for (let i = 0; i < mean.length; i++) {
    error += (mean[i]! - template[i]!) ** 2;
    power += template[i]! ** 2;
  }
  expect(error / power).toBeLessThan(0.05);
});

test('no two spikes of a unit within the refractory period; rates within bounds; spikes ordered', () => {
  const { sorting } = groundTruth({ ...params, seconds: [100, 50] });
  expect(sorting.segments).toHaveLength(2);
  for (let unit = 0; unit < 4; unit++)
    for (let segment = 0; segment < 2; segment++) {
      const train = spikeTrain(sorting, unit, segment);
      for (let i = 1; i < train.length; i++) expect(train[i]! - train[i - 1]!).toBeGreaterThanOrEqual(74);
    }
  for (const count of spikeCounts(sorting)) {
    expect(count / 150).toBeGreaterThan(0.2);
    expect(count / 150).toBeLessThan(17);
  }
});

test('noise of near contacts is correlated, of far ones hardly', async () => {
  const { recording } = groundTruth({ ...params, snrs: [], hashSnrs: [], probe: columnsProbe(16, 1) });
  const traces = await recording.read(0, 0, 30_000);
  const correlation = (a: number, b: number) => {
    let ab = 0;
    let aa = 0;
    let bb = 0;
    for (let f = 0; f < 30_000; f++) {
      const x = traces[f * 16 + a]!;
      const y = traces[f * 16 + b]!;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  };
  expect(correlation(3, 4)).toBeCloseTo(0.6 * Math.exp(-0.8) + 0.1, 1);
  expect(correlation(0, 15)).toBeCloseTo(0.1, 1);
});

test('drift moves the spikes along the probe', async () => {
  const drifting = groundTruth({
    ...params,
    snrs: [40],
    hashSnrs: [],
    probe: columnsProbe(16, 1),
    drift: { peakToPeakUm: 80, periodS: 20, startS: 0 },
  });
  const traces = await drifting.recording.read(0, 0, 600_000);
  const train = spikeTrain(drifting.sorting, 0, 0);
  const places = Array.from(train, (frame) => {
    const row = traces.slice(frame * 16, frame * 16 + 16);
    return row.indexOf(row.reduce((a, b) => Math.min(a, b))) * 20;
  });
  expect(Math.max(...places) - Math.min(...places)).toBeGreaterThanOrEqual(40);
});

test('toyRecording: shape, segments and read errors', async () => {
  const { recording, sorting } = toyRecording({ channels: 3, units: 2, seconds: 1, segments: 2 });
  expect(recording.info.channelIds).toHaveLength(3);
  expect(recording.info.numFrames).toEqual([30_000, 30_000]);
  expect(sorting.unitIds).toEqual([0, 1]);
  const block = await recording.read(1, 10, 20);
  expect(block).toHaveLength(30);
  expect(block.every(Number.isInteger)).toBe(true);
  await expect(recording.read(0, 0, 30_001)).rejects.toThrow(RangeError);
  await expect(recording.read(2, 0, 1)).rejects.toThrow(RangeError);
});
