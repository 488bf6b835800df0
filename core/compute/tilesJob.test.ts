import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TraceTile } from '../shared/api.ts';
import { random } from '../shared/random.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { inlineCompute } from './inline.ts';
import { closeIdle, withOpened } from './opened.ts';
import { tileRows } from './tiles.ts';
import type { SampleArgs, TileArgs } from './tilesJob.ts';

const FRAMES = 20_000;
const CHANNELS = 300;
const samples = new Int16Array(FRAMES * CHANNELS);
let folder: string;
let spec: RecordingSpec;

beforeAll(async () => {
  const r = random(1);
  for (let i = 0; i < samples.length; i++) samples[i] = r.integer(2001) - 1000;
  folder = await mkdtemp(join(tmpdir(), 'tiles-'));
  const file = join(folder, 'traces.bin');
  await writeFile(file, samples);
  spec = { format: 'binary', paths: [file], params: { num_channels: CHANNELS, dtype: 'int16' } };
});

afterAll(async () => {
  closeIdle();
  await rm(folder, { recursive: true });
});

async function whole(args: Partial<TileArgs>): Promise<TileArgs> {
  const rows = tileRows(await withOpened(spec, async ({ info }) => info), 'number');
  return { spec, rows, margin: 0, segment: 0, framesAColumn: 1, firstTile: 0, endTile: 1, ...args };
}

async function tiles(args: Partial<TileArgs>): Promise<TraceTile[]> {
  const found: TraceTile[] = [];
  const job = await whole(args);
  await inlineCompute().run<TileArgs, TraceTile, unknown>('traceTiles', job, { onItem: (tile) => found.push(tile) });
  return found;
}

/** [min, max] of `channel` in [from, to). */
function extremes(channel: number, from: number, to: number): [number, number] {
  const values = Array.from({ length: to - from }, (_, i) => samples[(from + i) * CHANNELS + channel]!);
  return [Math.min(...values), Math.max(...values)];
}

test.each([
  { framesAColumn: 48, margin: 0 }, // blocks of 4 MiB end within columns
  { framesAColumn: 8192, margin: 0 },
  { framesAColumn: 192, margin: 50 },
])('columns of $framesAColumn frames have minimum and maximum of all', async ({ framesAColumn, margin }) => {
  const all = Math.ceil(FRAMES / framesAColumn);
  const found = await tiles({ framesAColumn, margin, endTile: Math.ceil(all / 128) });
  expect(found.map(({ tile, columns }) => [tile, columns])).toEqual(
    Array.from({ length: Math.ceil(all / 128) }, (_, tile) => [tile, Math.min(128, all - tile * 128)]),
  );
  for (const { tile, columns, minMax, scale, sampled } of found) {
    expect(sampled).toBe(1);
    for (const channel of [0, 150, CHANNELS - 1])
      for (let i = 0; i < columns; i++) {
        const from = (tile * 128 + i) * framesAColumn;
        const [low, high] = extremes(channel, from, Math.min(FRAMES, from + framesAColumn));
        const at = 2 * (channel * columns + i);
        expect(Math.abs(minMax[at]! * scale - low)).toBeLessThan(0.05);
        expect(Math.abs(minMax[at + 1]! * scale - high)).toBeLessThan(0.05);
      }
  }
});

test('with one frame a column, a column is a sample', async () => {
  const [tile] = await tiles({ firstTile: 3, endTile: 4 });
  expect(tile).toMatchObject({ tile: 3, columns: 128 });
  for (const i of [0, 127])
    expect(Math.round(tile!.minMax[2 * i]! * tile!.scale)).toBe(samples[(3 * 128 + i) * CHANNELS]);
  expect(tile!.minMax[0]).toBe(tile!.minMax[1]);
});

test('beyond the segment there are no tiles', async () => {
  const last = Math.floor(FRAMES / 128);
  expect(await tiles({ firstTile: last, endTile: last + 5 })).toMatchObject([{ tile: last, columns: FRAMES % 128 }]);
  expect(await tiles({ firstTile: last + 1, endTile: last + 5 })).toEqual([]);
});

test('a sample lies within the exact extremes and tells what it looked at', async () => {
  const args = { framesAColumn: 192, endTile: 1 };
  const [exact] = await tiles(args);
  for (const look of [
    { stretches: 1000, frames: 12 }, // in each column
    { stretches: 10, frames: 60 }, // each for ten columns or eleven
  ]) {
    const [first] = await sampled(args, look);
    const stretches = Math.min(look.stretches, exact!.columns);
    expect(first?.sampled).toBeCloseTo((stretches * look.frames) / FRAMES, 2);
    const least = (tile: TraceTile) => Math.min(...tile.minMax.filter((_, i) => i % 2 === 0)) * tile.scale;
    expect(least(first!)).toBeLessThan(-900);
    expect(least(first!)).toBeGreaterThanOrEqual(least(exact!) - 0.1);
    expect(first!.minMax.length).toBe(exact!.minMax.length);
  }
});

async function sampled(args: Partial<TileArgs>, look: { stretches: number; frames: number }): Promise<TraceTile[]> {
  const found: TraceTile[] = [];
  const job = { ...(await whole(args)), ...look };
  await inlineCompute().run<SampleArgs, TraceTile, void>('sampledTiles', job, { onItem: (tile) => found.push(tile) });
  return found;
}

test('a cancelled window stops', async () => {
  const running = inlineCompute().run('traceTiles', await whole({}), { signal: AbortSignal.abort() });
  await expect(running).rejects.toThrow('cancelled');
});

test('a recording stays open for the next caller', async () => {
  const first = await withOpened(spec, async (recording) => recording);
  const second = await withOpened(spec, async (recording) => recording);
  expect(second).toBe(first);
  closeIdle();
  expect(await withOpened(spec, async (recording) => recording)).not.toBe(first);
});
