import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inlineCompute } from '../compute/inline.ts';
import { toyRecording } from '../generate/toy.ts';
import { open } from '../open.ts';
import type { RecordingSpec, SourceSpec } from '../shared/recording.ts';
import { writeSiRecording } from '../store/siRecording.ts';
import { binary } from './binary.ts';
import { type SaveArgs, save } from './save.ts';
import type { Saver } from './saver.ts';
import { zarr } from './zarr.ts';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-save-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const raw: SourceSpec = { format: 'spikeinterface_binary', paths: [join(folder, 'raw')], params: {} };
const toy = toyRecording({ channels: 5, units: 3, seconds: 0.5, segments: 2, seed: 1 });
await writeSiRecording(raw.paths[0]!, {
  ...toy.recording,
  info: { ...toy.recording.info, tStart: [1.5, 7], channelIds: ['a', 'b', 'c', 'ü', 'e'] },
});
const filtered: RecordingSpec = { step: 'highpass_filter', params: {}, parent: raw };

interface Wanted extends Partial<SaveArgs> {
  readonly params?: Record<string, unknown>;
  readonly stopAfter?: number;
  readonly spec?: RecordingSpec;
}

/** Saves to NAME; `stopAfter` so many chunks it is cancelled. */
async function saved(name: string, saver: Saver, { params, stopAfter, spec = filtered, ...more }: Wanted = {}) {
  const stop = new AbortController();
  const running = save(
    {
      saver,
      params: { chunk_size: 1000, ...params },
      target: join(folder, name),
      recipeKey: 'made here',
      recipe: {},
      recipeDetail: 'highpass_filter',
      learn: async () => spec,
      async infoOf(spec) {
        const { info, close } = await open(spec);
        close();
        return info;
      },
      async checkSource() {},
      compute: inlineCompute(),
      version: '0.0.0',
      ...more,
    },
    stop.signal,
  );
  let step = await running.next();
  for (let chunks = 0; !step.done; step = await running.next())
    if (step.value.stage === 'saving' && ++chunks === stopAfter) stop.abort();
  return step.value;
}

async function traces(format: string, path: string): Promise<Float32Array[]> {
  const recording = await open({ format, paths: [path], params: {} });
  const all = recording.info.numFrames.map((frames, segment) => recording.read(segment, 0, frames));
  return Promise.all(all);
}

/** 0 and -0 are one number. */
const sameNumbers = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((x, i) => x === b[i]);

/** Every file's bytes. */
function bytesIn(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const pairs = files.map((file) => join(file.parentPath, file.name)).map((file) => [file.slice(path.length), file]);
  return Object.fromEntries(pairs.map(([name, file]) => [name, readFileSync(file!).toString('base64')]));
}

test('both ways hold what the chain gives, block for block, with ids, probe, gains and starts', async () => {
  const chain = await open(filtered);
  for (const [saver, name, format] of [
    [binary, 'both', 'spikeinterface_binary'],
    [zarr, 'both.zarr', 'spikeinterface_zarr'],
  ] as const) {
    const result = await saved(name, saver, { params: saver === zarr ? { channel_chunk_size: 2, delta: true } : {} });
    expect([result.folder, result.reused]).toEqual([join(folder, name), false]);
    expect(result.files).toBe(Object.keys(bytesIn(result.folder)).length - 1); // spikedesk.json tells of the others
    const read = await open({ format, paths: [result.folder], params: {} });
    const { probe: _, ...told } = read.info;
    const { probe: __, ...info } = chain.info;
    const annotations = { ...info.annotations, is_filtered: true };
    expect(told).toEqual({ ...info, annotations, properties: { ...info.properties, group: [0, 0, 0, 0, 0] } });
    expect(read.info.probe?.probes[0]?.contact_positions).toEqual(chain.info.probe?.probes[0]?.contact_positions);
    for (const [segment, frames] of info.numFrames.entries())
      for (let start = 0; start < frames; start += 1000) {
        const end = Math.min(frames, start + 1000);
        expect(sameNumbers(await read.read(segment, start, end), await chain.read(segment, start, end))).toBe(true);
      }
  }
});

test('float32 and whole chunks; every compressor', async () => {
  const spec: RecordingSpec = { ...filtered, params: { dtype: 'float32' } };
  await saved('float', binary, { spec });
  const wanted = await traces('spikeinterface_binary', join(folder, 'float'));
  const packings = [
    ['zstd', 'bitshuffle'],
    ['lz4', 'shuffle'],
    ['lz4hc', 'bitshuffle'],
    ['zlib', 'noshuffle'],
    ['blosclz', 'shuffle'],
  ];
  for (const [cname, shuffle] of packings) {
    const { folder: made } = await saved(`${cname} ${shuffle}`, zarr, { spec, params: { cname, shuffle, clevel: 3 } });
    expect(made.endsWith('.zarr')).toBe(true);
    const segments = await traces('spikeinterface_zarr', made);
    expect(segments.map((segment, i) => sameNumbers(segment, wanted[i]!))).toEqual([true, true]);
  }
});

test.each([
  ['binary', binary],
  ['zarr', zarr],
] as const)('%s: cancelled, damaged meanwhile, gone on with: the bytes of an unbroken save', async (kind, saver) => {
  const whole = bytesIn((await saved(`${kind} whole`, saver)).folder);
  await expect(saved(`${kind} broken`, saver, { stopAfter: 8 })).rejects.toThrow('cancelled');
  const target = join(folder, kind === 'zarr' ? 'zarr broken.zarr' : 'binary broken');
  const work = join(folder, `.${target.slice(folder.length + 1)}.saving`);
  expect([existsSync(target), existsSync(work)]).toEqual([false, true]);
  const log = readFileSync(join(work, 'done.jsonl'), 'utf8');
  const [first] = log.split('\n').map((line) => JSON.parse(line || '{}'));
  truncateSync(join(work, 'folder', first.pieces[0].file), 10); // what was acknowledged did not reach the disk
  writeFileSync(join(work, 'done.jsonl'), `${log}{"index":3,"pie`); // and a line was cut
  writeFileSync(join(work, 'folder', '.binary.json.partial-0123abcd-1-2-89abcdef'), 'half'); // and a file was half written
  let learnt = 0;
  const learn = async () => {
    learnt++;
    return filtered;
  };
  const result = await saved(`${kind} broken`, saver, { learn });
  expect(bytesIn(result.folder)).toEqual(whole);
  expect([learnt, existsSync(work), result.reused]).toEqual([0, false, false]);
});

test('the same recipe is there already; another one is refused and touches nothing; so is what is not ours', async () => {
  const { folder: made } = await saved('again', binary);
  const before = bytesIn(made);
  expect((await saved('again', binary, { params: { n_jobs: 1 } })).reused).toBe(true);
  await expect(saved('again', binary, { recipeKey: 'other' })).rejects.toThrow(
    'saved by another recipe (highpass_filter)',
  );
  await expect(saved('again', binary, { params: { chunk_size: 999 } })).rejects.toThrow('another recipe');
  expect(bytesIn(made)).toEqual(before);
  await expect(saved('raw', binary)).rejects.toThrow('not empty');
  truncateSync(join(made, 'traces_cached_seg1.raw'), 100);
  await expect(saved('again', binary)).rejects.toThrow('traces_cached_seg1.raw has 100 bytes');
});

test('an unfinished save of another recipe is given up', async () => {
  await expect(saved('other', binary, { stopAfter: 4 })).rejects.toThrow('cancelled');
  const result = await saved('other', binary, { recipeKey: 'another', spec: raw });
  expect(bytesIn(result.folder)['/traces_cached_seg0.raw']).toBe(
    readFileSync(join(folder, 'raw/traces_cached_seg0.raw')).toString('base64'),
  );
});

test('a source that changed leaves no folder', async () => {
  const checkSource = async () => {
    throw new Error('changed');
  };
  await expect(saved('changed', binary, { checkSource })).rejects.toThrow('changed');
  expect(existsSync(join(folder, 'changed'))).toBe(false);
});

test('wrong parameters are named, with what would be right', async () => {
  await expect(saved('no', binary, { params: { n_jobs: 0 } })).rejects.toThrow('n_jobs: 0 workers cannot be had');
  await expect(saved('no', binary, { params: { n_jobs: 99 } })).rejects.toThrow('n_jobs: 99');
  await expect(saved('no', zarr, { params: { cname: 'wavpack' } })).rejects.toThrow('cname: Invalid option: expected');
  await expect(saved('no', binary, { params: { chunk_size: 0 } })).rejects.toThrow('chunk_size');
  await expect(saved('no', binary, { params: { chunk_size: null, chunk_duration: '1 hour' } })).rejects.toThrow(
    'write it like "1s"',
  );
  expect(existsSync(join(folder, '.no.saving'))).toBe(false);
});
