import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Probe } from '../shared/probe.ts';
import { random } from '../shared/random.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { detectAndInterpolateBadChannels } from './detectAndInterpolateBadChannels.ts';
import { detectAndRemoveBadChannels } from './detectAndRemoveBadChannels.ts';
import { detectBadChannels } from './detectBadChannels.ts';
import { explainBadChannels } from './explainBadChannels.ts';
import { findBadChannels, verdict } from './findBadChannels.ts';
import { highFrequencyPower, planSpectrum } from './highFrequencyPower.ts';
import { interpolateBadChannels } from './interpolateBadChannels.ts';

const CHANNELS = 20;
const FRAMES = 12_000;
const probe: Probe = {
  ndim: 2,
  si_units: 'um',
  annotations: {},
  contact_annotations: {},
  contact_positions: Array.from({ length: CHANNELS }, (_, c) => [0, 20 * c]),
  contact_shapes: new Array<string>(CHANNELS).fill('circle'),
  contact_shape_params: Array.from({ length: CHANNELS }, () => ({ radius: 5 })),
  device_channel_indices: Array.from({ length: CHANNELS }, (_, c) => c),
};

/** Slow noise shared by all; 4 is silent, 9 hisses, 13 to 19 hear only themselves. */
function made(dtype: 'int16' | 'float32' = 'float32') {
  const r = random(5);
  const traces = new Float32Array(FRAMES * CHANNELS);
  const own = new Float64Array(CHANNELS);
  let common = 0;
  for (let f = 0; f < FRAMES; f++) {
    common = 0.9 * common + 20 * r.gaussian();
    for (let c = 0; c < CHANNELS; c++) {
      own[c] = 0.9 * own[c]! + (c >= 13 ? 20 : 2) * r.gaussian();
      const heard = c === 4 ? 0.01 * common : c >= 13 ? own[c]! : common + own[c]!;
      const value = heard + (c === 9 ? 60 * r.gaussian() : 0);
      traces[f * CHANNELS + c] = dtype === 'int16' ? Math.round(value) : value;
    }
  }
  return memoryRecording([traces], {
    channelIds: Array.from({ length: CHANNELS }, (_, c) => `AP${c}`),
    probe: { probes: [probe] },
    gainToUv: new Array<number>(CHANNELS).fill(1),
    offsetToUv: new Array<number>(CHANNELS).fill(0),
    isFiltered: true,
    dtype,
  });
}

const { signal } = new AbortController();
// The noise made here hisses more than a Neuropixels probe.
const usual = { psd_hf_threshold: 0.05, num_random_chunks: 9, chunk_duration_s: 0.1 };
const detect = (given: object, recording = made()) =>
  findBadChannels('detect_bad_channels', recording, parseParams(detectBadChannels, 'step', given), signal);

test('coherence+psd tells dead, noisy and out-of-brain channels apart, and says why', async () => {
  const found = await detect(usual);
  const labels = Array.from({ length: CHANNELS }, (_, c) =>
    c === 4 ? 'dead' : c === 9 ? 'noise' : c >= 13 ? 'out' : 'good',
  );
  expect(found.channel_labels).toEqual(labels);
  expect(found.bad_channel_ids).toEqual(['AP4', 'AP9', ...Array.from({ length: 7 }, (_, i) => `AP${13 + i}`)]);
  const told = explainBadChannels(made().info, parseParams(detectBadChannels, 'step', usual), found);
  expect(told[4]!.reason).toMatch(/^Hears little .* less that of its neighbours -[01]\.\d+, least is -0\.5\.$/);
  expect(told[9]!.reason).toMatch(/^Noisy: power above 12 kHz 0\.\d+ µV²\/Hz, most is 0\.05\.$/);
  expect(told[18]!.reason).toContain('outside the brain');
  expect([told[4]!.agreement, told[0]!.label]).toEqual([1, 'good']);
});

test('channel_filters, the end of the probe and the seed are heeded', async () => {
  expect((await detect({ ...usual, channel_filters: ['dead'] })).bad_channel_ids).toEqual(['AP4']);
  const bottom = await detect({ ...usual, outside_channels_location: 'bottom' });
  expect(bottom.channel_labels.filter((label) => label === 'out')).toEqual([]);
  expect(await detect({ ...usual, seed: 1 })).not.toEqual(await detect(usual));
  expect(await detect(usual)).toEqual(await detect({ ...usual, seed: 0 }));
});

test('std and mad find what is loud, neighborhood_r2 what is unlike its neighbours', async () => {
  for (const dtype of ['int16', 'float32'] as const)
    for (const method of ['std', 'mad'])
      expect((await detect({ ...usual, method, std_mad_threshold: 1.3 }, made(dtype))).bad_channel_ids).toEqual([
        'AP9',
      ]);
  const unlike = await detect({ ...usual, method: 'neighborhood_r2', neighborhood_r2_threshold: 0.5 });
  expect(unlike.bad_channel_ids).toEqual(expect.arrayContaining(['AP9', 'AP18', 'AP19']));
  expect(unlike.bad_channel_ids).not.toContain('AP4'); // silent, but silent like its neighbours
});

test('high-frequency power is that of a plain Fourier sum, for windows of any length', () => {
  const r = random(2);
  for (const size of [24, 26, 25, 7]) {
    const frames = size * 3;
    const data = Float32Array.from({ length: frames * 3 }, () => 5 + r.gaussian());
    const plan = planSpectrum(size, 1000, 0.4)!;
    const ours = highFrequencyPower(data, frames, 3, plan);
    for (let c = 0; c < 3; c++) expect(ours[c]).toBeCloseTo(plainPower(data, frames, c, size), 6);
  }
});

function plainPower(data: Float32Array, frames: number, channel: number, size: number): number {
  const hop = size - (size >> 1);
  const taper = Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  const squares = taper.reduce((sum, w) => sum + w * w, 0);
  const bins = Array.from({ length: (size >> 1) + 1 }, (_, k) => k).filter((k) => k / size > 0.2);
  let [sum, windows] = [0, 0];
  for (let start = 0; start + size <= frames; start += hop, windows++) {
    const x = Array.from({ length: size }, (_, n) => data[(start + n) * 3 + channel]!);
    const mean = x.reduce((a, b) => a + b, 0) / size;
    for (const k of bins) {
      let [re, im] = [0, 0];
      x.forEach((value, n) => {
        re += (value - mean) * taper[n]! * Math.cos((2 * Math.PI * k * n) / size);
        im += (value - mean) * taper[n]! * Math.sin((2 * Math.PI * k * n) / size);
      });
      sum += ((2 * k === size ? 1 : 2) * (re * re + im * im)) / (1000 * squares) / bins.length;
    }
  }
  return sum / windows;
}

test('interpolation follows a detection, its overrule, or its own list', async () => {
  const recording = made();
  const params = parseParams(detectBadChannels, 'step', usual);
  const fitted = verdict.parse(await detectBadChannels.fit!(recording, params, signal));
  const after = (given: object, learnt?: typeof fitted) => {
    const detected = stepRecording(
      {
        step: detectBadChannels,
        params: parseParams(detectBadChannels, 'step', { ...usual, ...given }),
        fitted: learnt,
      },
      recording,
    );
    return stepRecording(
      { step: interpolateBadChannels, params: parseParams(interpolateBadChannels, 'step', {}) },
      detected,
    );
  };
  const [raw, made4] = [await recording.read(0, 100, 101), await after({}, fitted).read(0, 100, 101)];
  expect(made4[4]).not.toBe(raw[4]);
  expect(made4[5]).toBe(raw[5]);
  const near = [3, 5].map((c) => raw[c]!);
  expect(made4[4]).toBeGreaterThan(Math.min(...near, raw[2]!, raw[6]!) - 1);
  expect(made4[4]).toBeLessThan(Math.max(...near, raw[2]!, raw[6]!) + 1);
  const overruled = await after({ bad_channel_ids: ['AP5'] }).read(0, 100, 101);
  expect([overruled[4] === raw[4], overruled[5] === raw[5]]).toEqual([true, false]);
  expect(() =>
    stepRecording({ step: interpolateBadChannels, params: parseParams(interpolateBadChannels, 'step', {}) }, recording),
  ).toThrow('none were detected');
});

test('detect_and_interpolate learns, or is told and learns nothing', async () => {
  const recording = made();
  const params = parseParams(detectAndInterpolateBadChannels, 'step', usual);
  const fitted = verdict.parse(await detectAndInterpolateBadChannels.fit!(recording, params, signal));
  const step = { step: detectAndInterpolateBadChannels, params, fitted };
  expect((await stepRecording(step, recording).read(0, 0, 1))[4]).not.toBe((await recording.read(0, 0, 1))[4]);
  const told = parseParams(detectAndInterpolateBadChannels, 'step', { bad_channel_ids: [] });
  expect(await detectAndInterpolateBadChannels.fit!(recording, told, signal)).toEqual({});
  const kept = stepRecording({ ...step, params: told, fitted: {} }, recording);
  expect(await kept.read(0, 0, 5)).toEqual(await recording.read(0, 0, 5));
});

test('detect_and_remove leaves the channels out, and their contacts', async () => {
  const recording = made('int16');
  const params = parseParams(detectAndRemoveBadChannels, 'step', usual);
  const fitted = verdict.parse(await detectAndRemoveBadChannels.fit!(recording, params, signal));
  const before = stepRecording({ step: detectAndRemoveBadChannels, params }, recording);
  expect(before.info.channelIds.length).toBe(CHANNELS);
  const after = stepRecording({ step: detectAndRemoveBadChannels, params, fitted }, recording);
  expect(after.info.channelIds).toEqual([
    'AP0',
    'AP1',
    'AP2',
    'AP3',
    'AP5',
    'AP6',
    'AP7',
    'AP8',
    'AP10',
    'AP11',
    'AP12',
  ]);
  expect(after.info.probe!.probes[0]!.contact_positions.at(-1)).toEqual([0, 240]);
  const raw = await recording.read(0, 50, 51);
  expect([...(await after.read(0, 50, 51))]).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12].map((c) => raw[c]));
});

test('what cannot be done names step, parameter and what would be right', async () => {
  const { gainToUv: _, ...bare } = made().info;
  const info = (given: object, parent = made().info) =>
    detectBadChannels.info(parent, parseParams(detectBadChannels, 'step', given));
  expect(() => info({}, bare)).toThrow(/detect_bad_channels.*µV.*no gain/);
  expect(() => info({ n_neighbors: 10 })).toThrow('n_neighbors: 10 is even');
  expect(() => info({ direction: 'z' })).toThrow('no z axis');
  expect(() => info({ bad_channel_ids: ['AP99'] })).toThrow('bad_channel_ids: there is no channel "AP99"');
  expect(() => info({}, { ...made().info, probe: { probes: [] } })).toThrow('no probe');
  await expect(detect({ ...usual, welch_window_ms: 0.03 })).rejects.toThrow('welch_window_ms');
  const damaged = made();
  const read = async (segment: number, from: number, to: number) =>
    (await damaged.read(segment, from, to)).fill(Number.NaN, 7, 8);
  for (const method of ['coherence+psd', 'std', 'mad', 'neighborhood_r2'])
    await expect(detect({ ...usual, method }, { ...damaged, read })).rejects.toThrow(
      'NaN or infinite samples (channel AP7)',
    );
  const all = made().info.channelIds;
  expect(() =>
    interpolateBadChannels.info(made().info, parseParams(interpolateBadChannels, 'step', { bad_channel_ids: all })),
  ).toThrow('all channels are bad');
});
