import { expect, test } from 'vitest';
import { sdScale } from '../compute/sdScale.ts';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Probe } from '../shared/probe.ts';
import { random } from '../shared/random.ts';
import { covariance } from './covariance.ts';
import { whiten } from './whiten.ts';

const CHANNELS = 6;
const FRAMES = 40_000;
const probe: Probe = {
  ndim: 2,
  si_units: 'um',
  annotations: {},
  contact_annotations: {},
  contact_positions: Array.from({ length: CHANNELS }, (_, c) => [0, 40 * c]),
  contact_shapes: new Array<string>(CHANNELS).fill('circle'),
  contact_shape_params: Array.from({ length: CHANNELS }, () => ({ radius: 5 })),
  device_channel_indices: Array.from({ length: CHANNELS }, (_, c) => c),
};

/** Noise that neighbours share, of different strength, around a mean. */
function made(mean: number, scale = 1) {
  const r = random(9);
  const traces = new Float32Array(FRAMES * CHANNELS);
  for (let f = 0; f < FRAMES; f++) {
    const own = Array.from({ length: CHANNELS + 1 }, () => r.gaussian());
    for (let c = 0; c < CHANNELS; c++) traces[f * CHANNELS + c] = scale * (10 + c) * (own[c]! + own[c + 1]!) + mean;
  }
  return memoryRecording([traces], {
    channelIds: [0, 1, 2, 3, 4, 5],
    probe: { probes: [probe] },
    gainToUv: [1, 1, 1, 1, 1, 1],
  });
}

const signal = new AbortController().signal;

/** Covariance of the traces after whitening. */
async function covarianceAfter(recording: ReturnType<typeof made>, given: object): Promise<number[][]> {
  const params = parseParams(whiten, 'step', given);
  const fitted = await whiten.fit!(recording, params, signal);
  const traces = whiten.apply(
    await recording.read(0, 0, FRAMES),
    FRAMES,
    whiten.prepare(recording.info, params, fitted),
    { segment: 0, startFrame: 0 },
  );
  const { matrix } = await covariance(memoryRecording([traces], recording.info), [[0, 0, FRAMES]], true, signal);
  return Array.from({ length: CHANNELS }, (_, r) => [...matrix.subarray(r * CHANNELS, (r + 1) * CHANNELS)]);
}

test('global: channels come out independent and of deviation 1', async () => {
  for (const [recording, params] of [
    [made(0), {}],
    [made(5000), { apply_mean: true }],
    [made(0, 1e-6), {}],
  ] as const) {
    const after = await covarianceAfter(recording, { num_chunks_per_segment: 40, ...params });
    for (const [i, row] of after.entries())
      for (const [j, value] of row.entries()) expect(Math.abs(value - (i === j ? 1 : 0))).toBeLessThan(0.03);
  }
});

test('local: only neighbours have weights, deviations are near 1', async () => {
  const params = parseParams(whiten, 'step', { mode: 'local', radius_um: 50 });
  const { W } = (await whiten.fit!(made(0), params, signal)) as { W: number[][] };
  expect(W[0]![0]).toBeGreaterThan(0);
  expect(W[1]![0]).not.toBe(0);
  expect(W[2]![0]).toBe(0);
  const after = await covarianceAfter(made(0), { mode: 'local', radius_um: 50 });
  for (const [i, row] of after.entries()) expect(row[i]).toBeGreaterThan(0.7);
});

test('the same seed learns the same matrix, given chunks replace the random ones', async () => {
  const recording = made(0);
  const params = parseParams(whiten, 'step', {});
  const once = await whiten.fit!(recording, params, signal);
  expect(await whiten.fit!(recording, params, signal)).toEqual(once);
  expect(await whiten.fit!(recording, params, signal, [[0, 0, 2000]])).not.toEqual(once);
});

test('the result is in standard deviations: no µV, float32 unless scaled', () => {
  const { info } = made(0);
  const of = (params: object, dtype: 'int16' | 'float32' = 'int16') =>
    whiten.info({ ...info, dtype }, parseParams(whiten, 'step', params));
  expect([of({}).dtype, of({}).gainToUv, sdScale(of({}))]).toEqual(['float32', undefined, 1]);
  expect([of({ int_scale: 200 }).dtype, sdScale(of({ int_scale: 200 }))]).toEqual(['int16', 200]);
  expect(() => of({ dtype: 'int16' })).toThrow('int_scale');
  expect(() => whiten.info({ ...info, probe: { probes: [] } }, parseParams(whiten, 'step', { mode: 'local' }))).toThrow(
    'no probe',
  );
});

test('a silent channel and equal channels do not blow up', async () => {
  const traces = await made(0).read(0, 0, FRAMES);
  for (let f = 0; f < FRAMES; f++) {
    traces[f * CHANNELS] = 0;
    traces[f * CHANNELS + 1] = traces[f * CHANNELS + 2]!;
  }
  const recording = memoryRecording([traces], made(0).info);
  const params = parseParams(whiten, 'step', {});
  const fitted = await whiten.fit!(recording, params, signal);
  const out = whiten.apply(await recording.read(0, 0, FRAMES), FRAMES, whiten.prepare(recording.info, params, fitted), {
    segment: 0,
    startFrame: 0,
  });
  expect(out.every(Number.isFinite)).toBe(true);
  expect(Math.max(...out.subarray(0, 6000).map(Math.abs))).toBeLessThan(100);
});

test('damaged samples are told, a matrix that was not learnt is a fault of ours', async () => {
  const params = parseParams(whiten, 'step', {});
  const damaged = memoryRecording([new Float32Array(600).fill(Number.NaN)], made(0).info);
  await expect(
    whiten.fit!({ ...damaged, info: { ...damaged.info, numFrames: [100] } }, params, signal),
  ).rejects.toThrow('NaN');
  expect(() => whiten.prepare(made(0).info, params, undefined)).toThrow('not been learnt');
});

test('a matrix that is known is used as it is; one that does not fit is told', async () => {
  const recording = made(0);
  const W = Array.from({ length: CHANNELS }, (_, r) =>
    Array.from({ length: CHANNELS }, (_, c) => (r === c ? r + 1 : 0)),
  );
  const params = parseParams(whiten, 'step', { W, M: [[1, 1, 1, 1, 1, 1]] });
  const fitted = await whiten.fit!(recording, params, signal);
  const prepared = whiten.prepare(recording.info, params, fitted);
  const out = whiten.apply(Float32Array.from([1, 2, 3, 4, 5, 6]), 1, prepared, { segment: 0, startFrame: 0 });
  expect([...out]).toEqual([0, 2, 6, 12, 20, 30]);
  const say = (given: object) => () => whiten.info(recording.info, parseParams(whiten, 'step', given));
  expect(say({ W: [[1]] })).toThrow('step "whiten": W is not a matrix of 6 by 6');
  expect(say({ W, M: [1] })).toThrow('M has 1 numbers, the recording 6 channels');
  expect(say({ M: [1, 1, 1, 1, 1, 1] })).toThrow('M is given without W');
  expect(say({ regularize: true })).toThrow('regularize needs apply_mean');
});

test('regularize whitens too', async () => {
  const given = { apply_mean: true, regularize: true, regularize_kwargs: { method: 'LedoitWolf' } };
  const after = await covarianceAfter(made(5000), given);
  for (const [i, row] of after.entries()) expect(row[i]).toBeCloseTo(1, 1);
});
