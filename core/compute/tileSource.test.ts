import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { TracesArgs, TraceTile } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { random } from '../shared/random.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { inlineCompute } from './inline.ts';
import { closeIdle } from './opened.ts';
import { Quiet } from './quiet.ts';
import { TileSource, type TileSourceOptions } from './tileSource.ts';

const CHANNELS = 5;
/** Two pages, the second of two chunks, the last of them short. */
const FRAMES = 34 * 8192 - 1234;
const params = { num_channels: CHANNELS, dtype: 'int16', sampling_frequency: 30_000 };
const samples = new Int16Array(FRAMES * CHANNELS);
let folder: string;
let raw: RecordingSpec;
/** Not whole numbers, channels of very different loudness, a margin. */
let filtered: RecordingSpec;
let root: string;

beforeAll(async () => {
  const r = random(3);
  for (let i = 0; i < samples.length; i++) samples[i] = (r.integer(201) - 100) * (i % CHANNELS === 0 ? 100 : 1);
  folder = await mkdtemp(join(tmpdir(), 'tiles-'));
  await writeFile(join(folder, 'traces.bin'), samples);
  raw = { format: 'binary', paths: [join(folder, 'traces.bin')], params };
  filtered = { step: 'highpass_filter', params: { freq_min: 300, dtype: 'float32' }, parent: raw };
});
beforeEach(async () => {
  root = await mkdtemp(join(folder, 'kept-'));
});
afterAll(async () => {
  closeIdle();
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;

/** Jobs in this thread; counts them by name. */
function counting(): { compute: Compute; jobs: Record<string, number> } {
  const inline = inlineCompute();
  const jobs: Record<string, number> = {};
  const compute: Compute = {
    ...inline,
    run: (job, args, options) => {
      jobs[job] = (jobs[job] ?? 0) + 1;
      return inline.run(job, args, options);
    },
  };
  return { compute, jobs };
}

function source(more: Partial<TileSourceOptions> = {}): TileSource {
  return new TileSource({ compute: inlineCompute(), root, onFull: () => {}, ...more });
}

async function tiles(from: TileSource, spec: RecordingSpec, args: Partial<TracesArgs>): Promise<TraceTile[]> {
  const found: TraceTile[] = [];
  const window: TracesArgs = {
    node: 0,
    segment: 0,
    order: 'number',
    framesAColumn: 64,
    firstTile: 0,
    endTile: 1e6,
    ...args,
  };
  for await (const tile of from.tiles(spec, window, never)) found.push(tile);
  return found.sort((a, b) => a.tile - b.tile);
}

/** [min, max] of raw samples. */
function extremes(channel: number, from: number, to: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let f = from; f < to; f++) {
    low = Math.min(low, samples[f * CHANNELS + channel]!);
    high = Math.max(high, samples[f * CHANNELS + channel]!);
  }
  return [low, high];
}

test.each([64, 192, 1024, 8192, 3 * 8192, 65536])(
  'columns of %i frames, through the pyramid, hold the extremes of their frames',
  async (framesAColumn) => {
    const found = await tiles(source(), raw, { framesAColumn });
    const all = Math.ceil(FRAMES / framesAColumn);
    expect(found.reduce((sum, { columns }) => sum + columns, 0)).toBe(all);
    for (const { tile, columns, minMax, scale, sampled } of found) {
      expect(sampled).toBe(1);
      for (let channel = 0; channel < CHANNELS; channel++)
        for (let i = 0; i < columns; i++) {
          const from = (tile * 128 + i) * framesAColumn;
          const [low, high] = extremes(channel, from, Math.min(FRAMES, from + framesAColumn));
          const at = 2 * (channel * columns + i);
          expect(Math.abs(minMax[at]! * scale - low)).toBeLessThanOrEqual(scale / 2 + 1e-3);
          expect(Math.abs(minMax[at + 1]! * scale - high)).toBeLessThanOrEqual(scale / 2 + 1e-3);
        }
    }
  },
);

test('filtered traces keep the resolution of each channel', async () => {
  const from = source();
  const exact = await tiles(from, filtered, { framesAColumn: 32, firstTile: 8, endTile: 10 }); // read directly
  const coarse = await tiles(from, filtered, { framesAColumn: 64, firstTile: 4, endTile: 5 }); // through the pyramid
  for (let channel = 0; channel < CHANNELS; channel++)
    for (let i = 0; i < 128; i++) {
      const pair = exact[i < 64 ? 0 : 1]!;
      const at = 2 * (channel * 128 + ((2 * i) % 128));
      const low = Math.min(pair.minMax[at]!, pair.minMax[at + 2]!) * pair.scale;
      const off = Math.abs(low - coarse[0]!.minMax[2 * (channel * 128 + i)]! * coarse[0]!.scale);
      // What the filter differs by where blocks begin elsewhere, half a step of both tiles, half a step of the chunk.
      expect(off).toBeLessThan(0.05 + coarse[0]!.scale + pair.scale);
    }
});

test('pages are made once, then read from memory, then by another process from the disk', async () => {
  const first = counting();
  const from = source({ compute: first.compute });
  const before = await tiles(from, raw, { framesAColumn: 256 });
  expect(first.jobs.fillChunks).toBeGreaterThan(0);
  await vi.waitFor(() => expect(files()).toEqual(['0-0.tiles', '0-1.tiles']));
  const made = first.jobs.fillChunks;
  expect(withoutTime(await tiles(from, raw, { framesAColumn: 256 }))).toEqual(withoutTime(before));
  expect(first.jobs).toMatchObject({ fillChunks: made });
  expect(first.jobs.loadPages).toBeUndefined();

  const later = counting();
  expect(withoutTime(await tiles(source({ compute: later.compute }), raw, { framesAColumn: 256 }))).toEqual(
    withoutTime(before),
  );
  expect(later.jobs.fillChunks).toBeUndefined();
  expect(later.jobs.loadPages).toBe(1);
});

test.each([
  ['truncated', (path: string) => truncateSync(path, statSync(path).size - 5)],
  ['with a flipped bit', (path: string) => flip(path, 5000)],
  ['of another version', (path: string) => flip(path, 3)],
  ['empty', (path: string) => truncateSync(path, 0)],
])('a file %s is made anew, never shown', async (_, damage) => {
  const from = source();
  const before = await tiles(from, raw, { framesAColumn: 64 });
  await vi.waitFor(() => expect(files()).toEqual(['0-0.tiles', '0-1.tiles']));
  damage(path('0-0.tiles'));
  const { compute, jobs } = counting();
  const again = await tiles(source({ compute }), raw, { framesAColumn: 64 });
  expect(withoutTime(again)).toEqual(withoutTime(before));
  expect(jobs.fillChunks).toBeGreaterThan(0);
  await vi.waitFor(() => expect(files()).toEqual(['0-0.tiles', '0-1.tiles']));
});

test('each segment has pages of its own', async () => {
  const second = join(folder, 'second.bin');
  await writeFile(second, samples.subarray(CHANNELS, 20_000 * CHANNELS));
  const both: RecordingSpec = { format: 'binary', paths: [join(folder, 'traces.bin'), second], params };
  const { compute } = counting();
  const from = source({ compute });
  const [first] = await tiles(from, both, { framesAColumn: 8192 });
  const [later] = await tiles(from, both, { framesAColumn: 8192, segment: 1 });
  expect([first?.columns, later?.columns]).toEqual([34, 3]);
  for (const [tile, at] of [
    [first!, 0],
    [later!, 1], // begins a frame later
  ] as const) {
    const [low, high] = extremes(0, at, at + 8192);
    expect([tile.minMax[0]! * tile.scale, tile.minMax[1]! * tile.scale].map(Math.round)).toEqual([low, high]);
  }
  expect(await tiles(from, both, { segment: 2 })).toEqual([]);
  await vi.waitFor(() => expect(files()).toEqual(['0-0.tiles', '0-1.tiles', '1-0.tiles']));
});

test('other data or steps have other pages', async () => {
  const from = source();
  await tiles(from, raw, { framesAColumn: 64 });
  await tiles(from, filtered, { framesAColumn: 64 });
  await vi.waitFor(() => expect(readdirSync(root)).toHaveLength(2));
});

test('without room on the disk tiles are made all the same, and it is told once', async () => {
  await writeFile(join(folder, 'no folder'), '');
  const onFull = vi.fn();
  const from = source({ root: join(folder, 'no folder'), onFull });
  expect(await tiles(from, raw, { framesAColumn: 8192 })).toHaveLength(1);
  await vi.waitFor(() => expect(onFull).toHaveBeenCalledTimes(1));
  expect(await tiles(from, raw, { framesAColumn: 64 })).toHaveLength(34);
  expect(onFull).toHaveBeenCalledTimes(1);
});

test('what takes long is sampled first, then exact in time order', async () => {
  const slow = inlineCompute();
  const compute: Compute = {
    ...slow,
    run: async (job, args, options) => {
      const result = await slow.run<unknown, never, { samples: number; ms: number }>(job, args, options as never);
      return (typeof result === 'object' && result.samples ? { samples: 1e6, ms: 1e9 } : result) as never;
    },
  };
  for (const [framesAColumn, first] of [
    [48, 0], // read directly
    [64, 0],
  ] as const) {
    const from = source({ compute });
    await tiles(from, filtered, { framesAColumn, firstTile: 30, endTile: 31 }); // it is known to be slow now
    const found: TraceTile[] = [];
    const args: TracesArgs = { node: 0, segment: 0, order: 'number', framesAColumn, firstTile: first, endTile: 10 };
    for await (const tile of from.tiles(filtered, args, never)) found.push(tile);
    const sampled = found.filter((tile) => tile.sampled < 1);
    const exact = found.filter((tile) => tile.sampled === 1);
    expect(found.slice(0, sampled.length)).toEqual(sampled);
    expect(new Set(sampled.map(({ tile }) => tile)).size).toBe(10);
    expect(exact.map(({ tile }) => tile)).toEqual(Array.from({ length: 10 }, (_, i) => i));
    expect(exact[0]!.secondsLeft).toBeGreaterThan(0);
    expect(exact.at(-1)!.secondsLeft).toBe(0);
  }
});

test('a cancelled call stops reading', async () => {
  const { compute, jobs } = counting();
  const stop = new AbortController();
  const args: TracesArgs = { node: 0, segment: 0, order: 'number', framesAColumn: 64, firstTile: 0, endTile: 1e6 };
  const running = (async () => {
    for await (const _ of source({ compute }).tiles(filtered, args, stop.signal)) stop.abort();
  })();
  await expect(running).rejects.toThrow('cancelled');
  const then = jobs.fillChunks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(jobs.fillChunks).toBe(then);
});

test('while nothing is asked the rest of the pyramid is made', async () => {
  const quiet = new Quiet();
  const { compute, jobs } = counting();
  const from = source({ compute, quiet });
  await tiles(from, raw, { framesAColumn: 1, firstTile: 0, endTile: 1 });
  expect(jobs.fillChunks).toBeUndefined();
  await vi.waitFor(() => expect(files()).toEqual(['0-0.tiles', '0-1.tiles']), { timeout: 5000, interval: 50 });
  await from.close();
});

function files(): string[] {
  return readdirSync(root)
    .flatMap((name) => readdirSync(join(root, name)))
    .filter((name) => !name.startsWith('.'))
    .sort();
}

function path(name: string): string {
  return join(root, readdirSync(root)[0]!, name);
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 4;
  writeFileSync(file, bytes);
}

function withoutTime(found: readonly TraceTile[]): unknown[] {
  return found.map(({ secondsLeft: _left, ...rest }) => rest);
}
