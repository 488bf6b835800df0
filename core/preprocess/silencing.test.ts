import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';
import { joinedEvents } from './periods.ts';

const FRAMES = 40_000;
const signal = new AbortController().signal;
const r = random(8);
const loud = (f: number) => (f >= 20_000 && f < 21_000 ? 30 : 1);
const segments = [0, 1].map(() =>
  Float32Array.from({ length: FRAMES * 4 }, (_, i) => 10 * loud(Math.floor(i / 4)) * r.gaussian()),
);
// Three of four channels saturated at once.
for (let f = 500; f < 530; f++) for (let c = 0; c < 3; c++) segments[0]![4 * f + c] = c === 1 ? -4000 : 4000;
const parent = memoryRecording(segments, {
  channelIds: [0, 1, 2, 3],
  gainToUv: [1, 1, 1, 1],
  offsetToUv: [0, 0, 0, 0],
});

async function applied(name: string, given: object, from = parent) {
  const step = findStep(name);
  const params = parseParams(step, 'step', given);
  const fitted = await step.fit?.(from, params, signal);
  return { recording: stepRecording({ step, params, fitted }, from), fitted };
}

test('silence_periods: zeros there, all else as it was; periods are rows or lists a segment', async () => {
  const rows = [{ segment_index: 1, start_sample_index: 10, end_sample_index: 20 }];
  for (const given of [{ periods: rows }, { list_periods: [[], [[10, 20]]] }, { periods: [[], [[10, 20]]] }]) {
    const { recording } = await applied('silence_periods', given);
    const expected = segments[1]!.slice(0, 120).fill(0, 40, 80);
    expect(await recording.read(1, 0, 30)).toEqual(expected);
    expect(await recording.read(0, 0, 30)).toEqual(segments[0]!.slice(0, 120));
  }
});

test('noise is as loud as the channel and the same however it is cut', async () => {
  const { recording } = await applied('silence_periods', { list_periods: [[[1000, 9000]], []], mode: 'noise' });
  const noise = await recording.read(0, 1000, 9000);
  expect(await recording.read(0, 4000, 4100)).toEqual(noise.slice(12_000, 12_400));
  const sd = Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length);
  expect(sd).toBeGreaterThan(9);
  expect(sd).toBeLessThan(11);
  expect(noise).not.toEqual(await parent.read(0, 1000, 9000));
});

test('apodization has soft ends', async () => {
  const flat = memoryRecording([new Float32Array(100).fill(1)], { channelIds: [0] });
  const { recording } = await applied('silence_periods', { periods: [[40, 50]], mode: 'apodization' }, flat);
  const out = await recording.read(0, 0, 100);
  expect([out[20], out[45], out[80]]).toEqual([1, 0, 1]);
  const before = [...out.subarray(28, 34)];
  expect(before.every((value, i) => i === 0 || value <= before[i - 1]!)).toBe(true);
  expect(before.some((value) => value > 0 && value < 1)).toBe(true);
});

test('saturation is found, with its sign; removed it is gone', async () => {
  const params = { saturation_threshold_uV: 3000, proportion: 0.3 };
  const { fitted, recording } = await applied('detect_saturation_periods', params);
  expect(fitted).toEqual({ periods: [{ segment_index: 0, start_sample_index: 500, end_sample_index: 530 }] });
  expect(await recording.read(0, 490, 540)).toEqual(await parent.read(0, 490, 540));
  const signed = await applied('detect_saturation_periods', { ...params, signed: true });
  expect(signed.fitted).toMatchObject({ periods: [{ start_sample_index: 500, sign: 'positive' }] });
  const removed = await applied('detect_and_remove_artifacts', { method: 'saturation', method_kwargs: params });
  expect(Math.max(...(await removed.recording.read(0, 500, 530)))).toBe(0);
});

test('the envelope finds when all channels are loud', async () => {
  const { fitted } = await applied('detect_and_remove_artifacts', { method_kwargs: { detect_threshold: 10 } });
  const found = (fitted as { periods: { start_sample_index: number; end_sample_index: number }[] }).periods;
  expect(found.some((p) => p.start_sample_index < 20_200 && p.end_sample_index > 20_800)).toBe(true);
});

test('events at most one frame apart are one', () => {
  const of = (start: number, end: number, segment = 0) => ({ segment, start, end });
  expect(joinedEvents([of(20, 30), of(0, 10), of(11, 15), of(30, 31, 1)])).toEqual([
    of(0, 15),
    of(20, 30),
    of(30, 31, 1),
  ]);
});

test('wrong periods and thresholds are told', async () => {
  const silence = (periods: unknown) => applied('silence_periods', { periods });
  await expect(silence([[0, 5]])).rejects.toThrow('2 segments');
  await expect(silence([[[0, 5]], [[9, 5]]])).rejects.toThrow('ends (frame 5) before it begins');
  await expect(silence([[[0, 50_000]], []])).rejects.toThrow('not all in segment 0');
  await expect(
    silence([
      [
        [0, 5],
        [4, 9],
      ],
      [],
    ]),
  ).rejects.toThrow('overlap');
  await expect(applied('detect_saturation_periods', {})).rejects.toThrow('saturation_threshold_uV is not given');
  const wrong = { method_kwargs: { treshold: 3 } };
  await expect(applied('detect_and_remove_artifacts', wrong)).rejects.toThrow('treshold');
});
