import { expect, test } from 'vitest';
import { wholeRange } from '../compute/wholeNumbers.ts';
import { parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import { random } from '../shared/random.ts';
import type { DType, Recording } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { steps } from './index.ts';

const CHANNELS = 8;
const FRAMES = [4000, 3000];
const positions = Array.from({ length: CHANNELS }, (_, c) => [20 * (c % 2), 20 * Math.floor(c / 2)]);
const signal = new AbortController().signal;

/** What a step needs to be told to do anything. */
const needed: Readonly<Record<string, (dtype: DType) => object>> = {
  interpolate_bad_channels: () => ({ bad_channel_ids: ['c'] }),
  detect_and_remove_bad_channels: () => ({ method: 'mad' }),
  resample: () => ({ resample_rate: 15_000 }),
  decimate: () => ({ decimation_factor: 3 }),
  detect_and_interpolate_bad_channels: () => ({ method: 'mad' }),
  split_by: () => ({ steps: [{ step: 'bandpass_filter' }, { step: 'common_reference' }] }),
  detect_saturation_periods: () => ({ saturation_threshold_uV: 1 }),
  silence_periods: () => ({ periods: [[[30, 60]], [[100, 101]]], mode: 'noise' }),
  remove_artifacts: () => ({ list_triggers: [[1300, 1340], [20]], mode: 'median' }),
  zero_channel_pad: () => ({ num_channels: 12 }),
  blank_saturation: () => ({ quantile_threshold: 0.001, direction: 'both' }),
  highpass_spatial_filter: () => ({ n_channel_pad: 4 }),
  whiten: (dtype) => (dtype === 'float32' ? {} : { int_scale: 200 }),
};

/** Steps that run across all channels, and refuse groups. */
const inOneGroup = new Set(['highpass_spatial_filter']);

/** Two segments, eight channels in two columns and two groups, with gains. */
function recorded(dtype: DType, segments: number): Recording {
  const r = random(1);
  const range = wholeRange(dtype);
  const sample = () =>
    range ? Math.max(range.low, Math.min(range.high, Math.round(3000 * r.gaussian()))) : r.gaussian();
  return memoryRecording(
    FRAMES.slice(0, segments).map((frames) => Float32Array.from({ length: frames * CHANNELS }, sample)),
    {
      channelIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      dtype,
      gainToUv: new Array<number>(CHANNELS).fill(0.5),
      offsetToUv: new Array<number>(CHANNELS).fill(10),
      probe: { probes: [{ ...roundContacts(positions, 5), device_channel_indices: [...positions.keys()] }] },
      properties: {
        group: [0, 0, 0, 0, 1, 1, 1, 1],
        inter_sample_shift: Array.from({ length: CHANNELS }, (_, c) => c / CHANNELS),
        gain_to_physical_unit: new Array<number>(CHANNELS).fill(2),
        offset_to_physical_unit: new Array<number>(CHANNELS).fill(1),
      },
    },
  );
}

async function after(name: string, dtype: DType): Promise<Recording> {
  const step = steps.find((step) => step.name === name)!;
  const made = recorded(dtype, name === 'frame_slice' || name === 'time_slice' ? 1 : 2);
  const parent = inOneGroup.has(name) ? { ...made, info: { ...made.info, properties: {} } } : made;
  const params = parseParams(step, 'step', needed[name]?.(dtype) ?? {});
  const fitted = await step.fit?.(parent, params, signal);
  return stepRecording({ step, params, fitted }, parent);
}

/** Steps whose blocks differ from the whole by what a filter has not forgotten within its margin. */
const forgetting = /filter|phase_shift|resample|decimate|split_by/;

const names = steps.map(({ name }) => name);

test.each(names)('%s explains itself and refuses what is wrong', (name) => {
  const step = steps.find((step) => step.name === name)!;
  expect(step.help.length).toBeGreaterThan(80);
  for (const field of Object.values(step.params.shape)) expect(field.description?.length).toBeGreaterThan(10);
  expect(() => parseParams(step, 'step', { nonsense: 1 })).toThrow('nonsense');
});

test.each(names)('%s gives the frames and channels it tells', async (name) => {
  for (const dtype of name === 'unsigned_to_signed' ? (['uint16'] as const) : (['int16', 'float32'] as const)) {
    const recording = await after(name, dtype);
    const channels = recording.info.channelIds.length;
    for (const [segment, frames] of recording.info.numFrames.entries()) {
      const whole = await recording.read(segment, 0, frames);
      expect(whole).toHaveLength(frames * channels);
      expect(whole.every(Number.isFinite)).toBe(true);
      const range = wholeRange(recording.info.dtype);
      if (range) expect(whole.every((x) => Number.isInteger(x) && x >= range.low && x <= range.high)).toBe(true);
      const from = Math.floor(frames / 3);
      const part = await recording.read(segment, from, from + 50);
      expect(part).toHaveLength(50 * channels);
      if (!forgetting.test(name)) expect(part).toEqual(whole.slice(from * channels, (from + 50) * channels));
    }
  }
});

test.each(names)('%s refuses unsigned numbers, or keeps to what they can hold', async (name) => {
  let recording: Recording;
  try {
    recording = await after(name, 'uint16');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return;
  }
  const range = wholeRange(recording.info.dtype) ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const out = await recording.read(0, 0, recording.info.numFrames[0]!);
  expect(out.every((x) => x >= range.low && x <= range.high)).toBe(true);
});
