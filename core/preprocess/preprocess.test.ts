import { expect, test } from 'vitest';
import { entryInfo, parseParams } from '../shared/entry.ts';
import type { Step } from '../shared/lists.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import type { Recording } from '../shared/recording.ts';
import { steps } from './index.ts';

/** The whole of segment 0 after the step. */
async function after(recording: Recording, step: Step, given: object = {}): Promise<number[]> {
  const params = parseParams(step, 'step', given);
  const fitted = await step.fit?.(recording, params, new AbortController().signal);
  const frames = recording.info.numFrames[0]!;
  const prepared = step.prepare(recording.info, params, fitted);
  step.info(recording.info, params);
  return [...step.apply(await recording.read(0, 0, frames), frames, prepared, { segment: 0, startFrame: 0 })];
}

function noisy(frames: number, channels: number, seed = 1): Float32Array {
  const r = random(seed);
  return Float32Array.from({ length: frames * channels }, () => 20 * r.gaussian());
}

test.each(steps.map((step) => [step.name, step] as const))(
  '%s keeps shape, explains itself and refuses what is wrong',
  async (_, step) => {
    const channels = 5;
    const traces = noisy(2000, channels);
    const recording = memoryRecording([traces], { channelIds: [0, 1, 2, 3, 4] });
    const out = await after(recording, step);
    expect(out).toHaveLength(traces.length);
    expect(out.every(Number.isFinite)).toBe(true);
    expect(entryInfo(step).defaults).not.toEqual({});
    expect(step.help.length).toBeGreaterThan(80);
    for (const field of Object.values(step.params.shape)) expect(field.description?.length).toBeGreaterThan(10);
    expect(() => parseParams(step, 'step', { nonsense: 1 })).toThrow('nonsense');
  },
);

test.each(steps.map((step) => [step.name, step] as const))(
  '%s rounds an integer recording and keeps it in range',
  async (_, step) => {
    const traces = noisy(500, 4).map((x) => Math.max(-32_768, Math.min(32_767, Math.round(x * 1000))));
    const recording = memoryRecording([traces], { channelIds: [0, 1, 2, 3], dtype: 'int16' });
    const params = step.name === 'whiten' ? { int_scale: 200 } : {};
    const out = await after(recording, step, params);
    expect(out.every((x) => Number.isInteger(x) && x >= -32_768 && x <= 32_767)).toBe(true);
    expect(step.info(recording.info, parseParams(step, 'step', params)).dtype).toBe('int16');
  },
);

test.each(steps.map((step) => [step.name, step] as const))('%s refuses unsigned results', (_, step) => {
  const { info } = memoryRecording([new Float32Array(8)], { channelIds: [0, 1], dtype: 'uint16' });
  const params = parseParams(step, 'step', step.name === 'whiten' ? { int_scale: 200 } : {});
  expect(() => step.info(info, params)).toThrow(/unsigned/);
});
