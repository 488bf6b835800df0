import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import type { Recording } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';

const signal = new AbortController().signal;

async function applied(name: string, given: object, parent: Recording): Promise<Recording> {
  const step = findStep(name);
  const params = parseParams(step, 'step', given);
  return stepRecording({ step, params, fitted: await step.fit?.(parent, params, signal) }, parent);
}

/** Two channels of different level and loudness; the third never changes. */
function recorded(dtype: 'int16' | 'float32' | 'uint16' = 'float32') {
  const r = random(4);
  const traces = Float32Array.from({ length: 3 * 20_000 }, (_, i) =>
    Math.round([20 * r.gaussian() + 1000, 300 * r.gaussian() + 5000, 77][i % 3]!),
  );
  return memoryRecording([traces], {
    channelIds: ['a', 'b', 'c'],
    dtype,
    gainToUv: [0.5, 2, 1],
    offsetToUv: [3, 0, 0],
  });
}

async function statistics(recording: Recording): Promise<{ mean: number[]; std: number[] }> {
  const traces = await recording.read(0, 0, 20_000);
  const column = (c: number) => Array.from({ length: 20_000 }, (_, f) => traces[3 * f + c]!);
  const mean = [0, 1, 2].map((c) => column(c).reduce((a, b) => a + b, 0) / 20_000);
  const std = [0, 1, 2].map((c) => Math.sqrt(column(c).reduce((a, b) => a + (b - mean[c]!) ** 2, 0) / 20_000));
  return { mean, std };
}

test('scale: one number or one a channel, rounded where the type is whole', async () => {
  const parent = memoryRecording([Float32Array.of(1, 2, 3)], { channelIds: [0, 1, 2], dtype: 'int16' });
  const frame = async (given: object) => [...(await (await applied('scale', given, parent)).read(0, 0, 1))];
  expect(await frame({ gain: 0.5, offset: 1 })).toEqual([1.5, 2, 2.5]);
  expect(await frame({ gain: [1, 10, 100] })).toEqual([1, 20, 300]);
  expect(await frame({ gain: 0.5, dtype: null })).toEqual([0, 1, 2]);
  await expect(applied('scale', { gain: [1, 2] }, parent)).rejects.toThrow('gain: 2 values for 3 channels');
});

test('scale_to_uV: what a raw unit is, afterwards one µV', async () => {
  const inUv = await applied('scale_to_uV', {}, recorded());
  const [a, b] = await recorded().read(0, 5, 6);
  expect([...(await inUv.read(0, 5, 6)).subarray(0, 2)]).toEqual([a! * 0.5 + 3, b! * 2]);
  expect(inUv.info).toMatchObject({ gainToUv: [1, 1, 1], offsetToUv: [0, 0, 0], dtype: 'float32' });
  const { gainToUv: _, ...bare } = recorded().info;
  await expect(applied('scale_to_uV', {}, { ...recorded(), info: bare })).rejects.toThrow('how many µV');
  await expect(applied('scale_to_physical_units', {}, recorded())).rejects.toThrow('gain_to_physical_unit');
});

test('center and zscore bring the level to 0, zscore the noise to 1; a silent channel becomes 0', async () => {
  expect((await statistics(await applied('center', {}, recorded()))).mean[1]).toBeCloseTo(0, -1);
  for (const mode of ['median+mad', 'mean+std']) {
    const { mean, std } = await statistics(await applied('zscore', { mode }, recorded()));
    for (const c of [0, 1]) {
      expect(Math.abs(mean[c]!)).toBeLessThan(0.05);
      expect(std[c]!).toBeGreaterThan(0.95);
      expect(std[c]!).toBeLessThan(1.05);
    }
    expect([mean[2], std[2]]).toEqual([0, 0]);
  }
  const scaled = await applied('zscore', { int_scale: 200, dtype: 'int16' }, recorded('int16'));
  expect((await statistics(scaled)).std[0]! / 200).toBeCloseTo(1, 1);
  expect(scaled.info.gainToUv).toBeUndefined();
});

test('zscore says what is missing', async () => {
  await expect(applied('zscore', { dtype: 'int16' }, recorded())).rejects.toThrow('need int_scale');
  await expect(applied('zscore', { gain: [1, 1, 1] }, recorded())).rejects.toThrow('gain is given without offset');
});

test('normalize_by_quantile: the quantiles come to lie one scale apart, the median where it is told', async () => {
  const made = await applied('normalize_by_quantile', { scale: 10, median: 4, q1: 0.25, q2: 0.75 }, recorded());
  const traces = await made.read(0, 0, 20_000);
  const column = Float32Array.from({ length: 20_000 }, (_, f) => traces[3 * f + 1]!).sort();
  expect(column[15_000]! - column[5000]!).toBeCloseTo(10, 1);
  expect(column[10_000]!).toBeCloseTo(4, 1);
  await expect(applied('normalize_by_quantile', { q1: 0.9, q2: 0.2 }, recorded())).rejects.toThrow('not below q2');
});

test('correct_lsb divides by the step of the file and corrects the gain', async () => {
  const steps = memoryRecording([Float32Array.of(12, 36, 0, -24, 24, 12, 36, 12, 24, 24)], {
    channelIds: ['a', 'b'],
    dtype: 'int16',
    gainToUv: [0.1, 0.1],
  });
  const made = await applied('correct_lsb', {}, steps);
  expect([...(await made.read(0, 0, 5))]).toEqual([-1, 2, -2, -3, 0, 0, 1, 0, 0, 1]);
  expect(made.info.gainToUv![0]).toBeCloseTo(1.2, 9);
  const plain = await applied('correct_lsb', {}, recorded('int16'));
  expect(await plain.read(0, 0, 10)).toEqual(await recorded().read(0, 0, 10));
});

test('unsigned_to_signed: the middle becomes 0; signed recordings need it not', async () => {
  const made = await applied('unsigned_to_signed', { bit_depth: 12 }, recorded('uint16'));
  expect((await made.read(0, 0, 1))[2]).toBe(77 - 2048);
  expect(made.info.dtype).toBe('int16');
  await expect(applied('unsigned_to_signed', {}, recorded())).rejects.toThrow('signed already');
  await expect(applied('unsigned_to_signed', { bit_depth: 24 }, recorded('uint16'))).rejects.toThrow('16 bits');
});

test('astype rounds, or cuts off', async () => {
  const parent = memoryRecording([Float32Array.of(1.5, -1.7, 40_000)], { channelIds: [0, 1, 2] });
  const frame = async (given: object) => [...(await (await applied('astype', given, parent)).read(0, 0, 1))];
  expect(await frame({ dtype: 'int16' })).toEqual([2, -2, 32_767]);
  expect(await frame({ dtype: 'int16', round: false })).toEqual([1, -1, 32_767]);
});

test('NaN in the data is told with channel and frame', async () => {
  const damaged = memoryRecording([Float32Array.of(1, 2, 3, Number.NaN)], { channelIds: ['a', 'b'] });
  await expect(applied('center', {}, damaged)).rejects.toThrow(
    'channel "b" holds NaN or an infinite sample at frame 1',
  );
});
