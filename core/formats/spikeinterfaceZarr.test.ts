import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { zarr } from '../saving/zarr.ts';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { spikeinterfaceZarr } from './spikeinterfaceZarr.ts';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-zarr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const traces = Float32Array.from({ length: 2500 * 5 }, (_, i) => ((i * 7919) % 401) - 200);
const { info } = memoryRecording([traces], {
  channelIds: [3, 1, 4, 0, 5],
  dtype: 'int16',
  gainToUv: [1, 2, 3, 4, 5],
  properties: { quality: ['a', 'bb', '', 'ü', 'e'], even: [true, false, true, false, true] },
  annotations: { note: 'x' },
});

/** 2500 frames of 5 channels in chunks of 1000 × 2. */
async function made(name: string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(path);
  const params = parseParams(zarr, 'save', { channel_chunk_size: 2 });
  await zarr.begin(path, info, params, 1000);
  const writer = await zarr.writer(path, info, params, 1000);
  for (const row of [0, 1, 2]) {
    const [startFrame, endFrame] = [1000 * row, Math.min(2500, 1000 * (row + 1))];
    const chunk = { index: row, segment: 0, row, startFrame, endFrame };
    await writer.write(chunk, traces.slice(startFrame * 5, endFrame * 5));
  }
  await zarr.describe(path, { info, provenance: null }, params);
  return path;
}

const open = (path: string) => spikeinterfaceZarr.open({ format: 'spikeinterface_zarr', paths: [path], params: {} });

test('found as a folder, in a folder, by a file of it; read across chunks', async () => {
  const path = await made('whole.zarr');
  for (const place of [path, join(path, '.zattrs')])
    expect((await spikeinterfaceZarr.find(place)).map(({ spec }) => spec.paths)).toEqual([[path]]);
  expect((await spikeinterfaceZarr.find(folder))[0]!.spec.paths).toEqual([path]);
  expect(await spikeinterfaceZarr.find(join(path, 'properties'))).toEqual([]);
  const recording = await open(path);
  expect([recording.info.channelIds, recording.info.numFrames, recording.info.gainToUv]).toEqual([
    [3, 1, 4, 0, 5],
    [2500],
    [1, 2, 3, 4, 5],
  ]);
  expect(recording.info.properties).toEqual(info.properties);
  for (const [start, end] of [
    [0, 2500],
    [990, 1010],
    [2400, 2500],
    [7, 7],
  ] as const)
    expect(Buffer.from((await recording.read(0, start, end)).buffer)).toEqual(
      Buffer.from(traces.slice(start * 5, end * 5).buffer),
    );
  await expect(recording.read(0, 2000, 2501)).rejects.toThrow(RangeError);
});

test('a missing chunk is an error, never zeros; so is a damaged one; others are read', async () => {
  const path = await made('cut.zarr');
  rmSync(join(path, 'traces_seg0', '1.2'));
  writeFileSync(join(path, 'traces_seg0', '2.0'), 'not blosc, but long enough for its header');
  const recording = await open(path);
  await expect(recording.read(0, 995, 1005)).rejects.toThrow(/1\.2: this chunk is missing/);
  await expect(recording.read(0, 2100, 2101)).rejects.toThrow(/2\.0 is damaged/);
  expect((await recording.read(0, 0, 10)).length).toBe(50);
});

test.each([
  ['an unknown codec', { compressor: { id: 'wavpack', level: 2 } }, '"wavpack", which is not known here'],
  ['an unknown filter', { filters: [{ id: 'fixedscaleoffset' }] }, '"fixedscaleoffset", which is not known here'],
  ['zarr version 3', { zarr_format: 3 }, 'not zarr version 2'],
  ['columns first', { order: 'F' }, 'order C'],
  ['complex numbers', { dtype: '<c8' }, 'not read'],
  ['other channels', { shape: [2500, 6] }, 'not frames × 5 channels'],
])('%s is named', async (name, change, message) => {
  const path = await made(`${name}.zarr`);
  const header = { shape: [2500, 5], chunks: [1000, 2], dtype: '<i2', compressor: null, filters: null };
  const file = { ...header, order: 'C', zarr_format: 2, ...change };
  writeFileSync(join(path, 'traces_seg0', '.zarray'), JSON.stringify(file));
  await expect(open(path).then((recording) => recording.read(0, 0, 1))).rejects.toThrow(message);
});
