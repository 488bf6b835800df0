import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelActivity } from '../shared/api.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { inlineCompute } from './inline.ts';
import { closeIdle } from './opened.ts';

let folder: string;
let spec: RecordingSpec;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'activity-'));
  // channel 0 swings by 10 about 30,000; channel 1 is dead; channel 2 swings by 400 about 0
  const samples = Int16Array.from({ length: 3 * 60_000 }, (_, i) => {
    const up = Math.floor(i / 3) % 2 === 0 ? 1 : -1;
    return [30_000 + 10 * up, 5, 400 * up][i % 3]!;
  });
  await writeFile(join(folder, 'traces.bin'), samples);
  spec = {
    format: 'binary',
    paths: [join(folder, 'traces.bin')],
    params: { num_channels: 3, dtype: 'int16', sampling_frequency: 30_000, gain_to_uV: 0.5, offset_to_uV: 100 },
  };
});
afterAll(async () => {
  closeIdle();
  await rm(folder, { recursive: true });
});
const activity = (of: RecordingSpec) =>
  inlineCompute().run<object, never, Omit<ChannelActivity, 'node'>>('channelActivity', { spec: of });

test('the spread of each channel in µV, whatever its offset', async () => {
  const { rms, unit, source } = await activity(spec);
  expect(unit).toBe('µV');
  expect([...rms].map((value) => Number(value.toFixed(6)))).toEqual([5, 0, 200]);
  expect(source).toMatch(/10 random stretches/);
});

test('at a node: after the steps up to it', async () => {
  const { rms } = await activity({ step: 'common_reference', params: { operator: 'average' }, parent: spec });
  // the average swings by 410 / 3; what is left is rounded to whole numbers
  expect(rms[0]).toBeCloseTo(0.5 * (410 / 3 - 10), 0);
  expect(rms[2]).toBeCloseTo(0.5 * (400 - 410 / 3), 0);
});
