import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fit, open } from './open.ts';
import { random } from './shared/random.ts';
import type { SourceSpec } from './shared/recording.ts';

const channels = 2;
const frames = 4000;
let folder: string;
let source: SourceSpec;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikedesk-open-'));
  const { gaussian } = random(7);
  const traces = Int16Array.from({ length: frames * channels }, () => Math.round(100 * gaussian()));
  await writeFile(join(folder, 'noise.bin'), new Uint8Array(traces.buffer));
  const params = { sampling_frequency: 10_000, num_channels: channels, dtype: 'int16' };
  source = { format: 'binary', paths: [join(folder, 'noise.bin')], params };
});
afterAll(() => rm(folder, { recursive: true }));

const signal = new AbortController().signal;

test('a step reads its margin and gives the frames asked for, wherever the block is cut', async () => {
  const recording = await open({
    step: 'bandpass_filter',
    params: { freq_max: 4000, dtype: 'float32' },
    parent: source,
  });
  const whole = await recording.read(0, 0, frames);
  const part = await recording.read(0, 1500, 1510);
  expect(part).toHaveLength(10 * channels);
  for (const [i, value] of part.entries()) expect(value).toBeCloseTo(whole[1500 * channels + i]!, 1);
  recording.close();
});

test('what a chain gives is known before a step has learnt from the data; its traces are not', async () => {
  const spec = {
    step: 'whiten',
    params: { dtype: 'float32', num_chunks_per_segment: 2, chunk_duration: '50ms' },
    parent: source,
  };
  const unlearnt = await open(spec);
  expect(unlearnt.info).toMatchObject({ dtype: 'float32', numFrames: [frames] });
  await expect(unlearnt.read(0, 0, 10)).rejects.toThrow(/whiten/);
  const learnt = await open(await fit(spec, signal));
  expect(await learnt.read(0, 0, 10)).toHaveLength(10 * channels);
  learnt.close();
});

test('an unknown step offers the nearest', async () => {
  await expect(open({ step: 'bandpas_filter', params: {}, parent: source })).rejects.toMatchObject({
    hint: 'Did you mean "bandpass_filter"?',
  });
});
