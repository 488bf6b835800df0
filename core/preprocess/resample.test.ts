import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import type { Step } from '../shared/lists.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { decimate } from './decimate.ts';
import { resample } from './resample.ts';
import { samplingRatio } from './samplingRatio.ts';

const saw = Float32Array.from({ length: 60 }, (_, f) => (f % 7) - 3 + f * 0.1);

function made(step: Step, given: object, traces = [saw], info: Partial<RecordingInfo> = {}): Recording {
  const parent = memoryRecording(traces, { channelIds: [0], tStart: traces.map(() => 2), ...info });
  return stepRecording({ step, params: parseParams(step, 'step', given) }, parent);
}

const all = (recording: Recording, segment = 0) => recording.read(segment, 0, recording.info.numFrames[segment]!);

test.each([
  [30_000, 12_000, 24, [-2.39857, -0.44397, 2.76988, 4.27242]],
  [20_000, 30_000, 90, [-3.00182, -2.4528, 1.66877, 5.67747]],
] as const)('from %i to %i Hz as resample_poly of the mirrored traces', async (from, to, frames, expected) => {
  const recording = made(resample, { resample_rate: to }, [saw], { samplingFrequency: from });
  expect([recording.info.samplingFrequency, recording.info.numFrames]).toEqual([to, [frames]]);
  const out = await all(recording);
  for (const [i, f] of [0, 1, 7, frames - 1].entries()) expect(out[f]).toBeCloseTo(expected[i]!, 4);
});

test('pieces are cut from the whole, in every segment', async () => {
  const long = Float32Array.from({ length: 3001 }, (_, f) => 100 * Math.sin(f * 0.05));
  const recording = made(resample, { resample_rate: 7000 }, [saw, long]);
  const whole = await all(recording, 1);
  expect(whole).toHaveLength(Math.ceil((3001 * 7) / 30));
  for (const [start, end] of [
    [0, 1],
    [100, 350],
    [700, 701],
  ] as const)
    expect(await recording.read(1, start, end)).toEqual(whole.slice(start, end));
  expect(whole[300]).toBeCloseTo(100 * Math.sin((300 * 30 * 0.05) / 7), 0);
});

test("ratios are those of Python's Fraction.limit_denominator", () => {
  const of = (...args: [number, number, number]) => {
    const { up, down, achieved } = samplingRatio(...args);
    return [up, down, achieved];
  };
  expect(of(30000.01, 2500, 10000)).toEqual([1, 12, 2500.000833333333]);
  expect(of(30000.27, 2500, 10000)).toEqual([1, 12, 2500.0225]);
  expect(of(24414.0625, 1000, 10000)).toEqual([128, 3125, 1000.0]);
  expect(of(30000, 44100, 10000)).toEqual([147, 100, 44100.0]);
  expect(of(25000, 3.3, 100)).toEqual([0, 1, 0.0]);
  expect(of(32000.123, 1250.7, 50)).toEqual([1, 26, 1230.7739615384614]);
});

test('decimate keeps every nth sample, from its offset on', async () => {
  const recording = made(decimate, { decimation_factor: 4, decimation_offset: 3 });
  expect([...(await all(recording))]).toEqual([...saw].filter((_, f) => f % 4 === 3));
  expect(recording.info.tStart[0]).toBeCloseTo(2 + 3 / 30_000, 12);
  expect(recording.info.samplingFrequency).toBe(7500);
  expect([...(await recording.read(0, 5, 7))]).toEqual([saw[23], saw[27]]);
});

test('decimate with antialias is resample, one frame later with an offset', async () => {
  const plain = await all(made(decimate, { decimation_factor: 3, antialias: true }));
  expect(plain).toEqual(await all(made(resample, { resample_rate: 10_000 })));
  const fast = Float32Array.from({ length: 900 }, (_, f) => 100 * (-1) ** f);
  const out = await all(made(decimate, { decimation_factor: 3, antialias: true, decimation_offset: 1 }, [fast]));
  expect(Math.max(...out.map(Math.abs))).toBeLessThan(1);
});

test('whole numbers are rounded and kept in range; NaN is told', async () => {
  const steps = Float32Array.from({ length: 300 }, (_, f) => (f % 40 < 20 ? 32_767 : -32_768));
  const out = await all(made(resample, { resample_rate: 50_000 }, [steps], { dtype: 'int16' }));
  expect(out.every((x) => Number.isInteger(x) && x >= -32_768 && x <= 32_767)).toBe(true);
  const nan = saw.slice().fill(Number.NaN, 30, 31);
  await expect(all(made(resample, { resample_rate: 10_000 }, [nan]))).rejects.toThrow(
    'step "resample": the traces hold NaN',
  );
});

test('what cannot be is told by step and parameter', () => {
  expect(() => made(resample, { resample_rate: 1, max_denominator: 100 })).toThrow('resample_rate 1 Hz is too low');
  expect(() => made(resample, {})).toThrow('resample_rate');
  expect(() => made(decimate, { decimation_factor: 3, decimation_offset: 3 })).toThrow(
    'decimation_offset 3 is not below',
  );
  expect(() => made(decimate, { decimation_factor: 90, decimation_offset: 70 })).toThrow('beyond the shortest segment');
  expect(() => made(decimate, { decimation_factor: 2 }, [saw], { dtype: 'uint16' })).toThrow('unsigned');
});
