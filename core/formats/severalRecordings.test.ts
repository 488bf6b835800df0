import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { writeSiRecording } from '../store/siRecording.ts';
import { formats } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-several-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A saved recording of two channels that counts from `from`; its folder. */
async function saved(name: string, from: number, info: Partial<RecordingInfo> = {}): Promise<string> {
  const path = join(folder, name);
  const traces = Float32Array.from({ length: 20 }, (_, i) => from + i);
  const contacts = roundContacts(
    [
      [0, 0],
      [0, 20],
    ],
    5,
  );
  const probe = { probes: [{ ...contacts, device_channel_indices: [0, 1] }] };
  await writeSiRecording(path, memoryRecording([traces], { channelIds: ['a', 'b'], probe, dtype: 'int16', ...info }));
  return path;
}

const named = (name: string) => formats.find((format) => format.name === name)!;

test('append_recordings: one recording after the other, a segment each', async () => {
  const paths = [await saved('one', 0), await saved('two', 100)];
  const spec = { format: 'append_recordings', paths, params: {} };
  const made = await named(spec.format).open(spec);
  expect([made.info.numFrames, [...(await made.read(1, 1, 2))]]).toEqual([
    [10, 10],
    [102, 103],
  ]);
  made.close();
  expect(await named(spec.format).files(spec)).toHaveLength(4);
  const other = { ...spec, paths: [paths[0]!, await saved('other', 0, { channelIds: ['a', 'c'] })] };
  await expect(named(spec.format).open(other)).rejects.toThrow('differs from the first recording in its channels');
  await expect(named(spec.format).open({ ...spec, paths: [join(folder, 'gone')] })).rejects.toThrow('no recording');
});

test('aggregate_channels: side by side, with all probes', async () => {
  const paths = [await saved('left', 0), await saved('right', 100, { channelIds: ['c', 'd'] })];
  const spec = { format: 'aggregate_channels', paths, params: {} };
  const made = await named(spec.format).open(spec);
  expect([made.info.channelIds, [...(await made.read(0, 1, 2))]]).toEqual([
    ['a', 'b', 'c', 'd'],
    [2, 3, 102, 103],
  ]);
  expect(made.info.probe?.probes.map((probe) => probe.device_channel_indices)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(made.info.properties.aggregation_key).toEqual([0, 0, 1, 1]);
  made.close();
  const same = await named(spec.format).open({ ...spec, paths: [paths[0]!, paths[0]!] });
  expect(same.info.channelIds).toEqual(['0', '1', '2', '3']);
  same.close();
  const shorter = { ...spec, paths: [paths[0]!, await saved('fast', 0, { samplingFrequency: 20_000 })] };
  await expect(named(spec.format).open(shorter)).rejects.toThrow('sampling frequency (30000 and 20000 Hz)');
});
