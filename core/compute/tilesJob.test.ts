import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TraceTile } from '../shared/api.ts';
import { random } from '../shared/random.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { inlineCompute } from './inline.ts';
import { closeIdle, withOpened } from './opened.ts';
import type { TileArgs } from './tilesJob.ts';

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

async function tiles(args: Partial<TileArgs>): Promise<TraceTile[]> {
  const found: TraceTile[] = [];
  const window = { spec, segment: 0, startFrame: 0, endFrame: FRAMES, columns: 100, ...args };
  await inlineCompute().run<TileArgs, TraceTile, void>('traceTiles', window, { onItem: (tile) => found.push(tile) });
  return found;
}

/** [min, max] of `channel` in [from, to). */
function extremes(channel: number, from: number, to: number): [number, number] {
  const values = Array.from({ length: to - from }, (_, i) => samples[(from + i) * CHANNELS + channel]!);
  return [Math.min(...values), Math.max(...values)];
}

test('a window longer than a block has minimum and maximum of each column', async () => {
  const columns = 7; // no column ends where a block of 16 MiB does
  const found = await tiles({ columns });
  expect(found.flatMap((tile) => [...tile.channels])).toHaveLength(CHANNELS);
  for (const { channels, minMax, scale } of found)
    for (const row of [0, channels.length - 1])
      for (let i = 0; i < columns; i++) {
        const [low, high] = extremes(channels[row]!, Math.floor((i * FRAMES) / 7), Math.floor(((i + 1) * FRAMES) / 7));
        const at = 2 * (row * columns + i);
        expect(Math.abs(minMax[at]! * scale - low)).toBeLessThan(0.05);
        expect(Math.abs(minMax[at + 1]! * scale - high)).toBeLessThan(0.05);
      }
});

test('zoomed in, a column is a frame', async () => {
  const [tile] = await tiles({ startFrame: 100, endFrame: 110, columns: 500 });
  expect(tile?.columns).toBe(10);
  const values = Array.from({ length: 10 }, (_, i) => Math.round(tile!.minMax[2 * i]! * tile!.scale));
  expect(values).toEqual(Array.from({ length: 10 }, (_, i) => samples[(100 + i) * CHANNELS]));
});

test('what lies outside the segment is cut off', async () => {
  const [tile] = await tiles({ startFrame: -50, endFrame: FRAMES + 50, columns: 10 });
  expect(tile?.columns).toBe(10);
  const [none] = await tiles({ startFrame: FRAMES + 1, endFrame: FRAMES + 50 });
  expect(none?.columns).toBe(0);
});

test('a cancelled window stops', async () => {
  const running = inlineCompute().run(
    'traceTiles',
    { spec, segment: 0, startFrame: 0, endFrame: FRAMES, columns: 9 },
    {
      signal: AbortSignal.abort(),
    },
  );
  await expect(running).rejects.toThrow('cancelled');
});

test('a recording stays open for the next caller', async () => {
  const first = await withOpened(spec, async (recording) => recording);
  const second = await withOpened(spec, async (recording) => recording);
  expect(second).toBe(first);
  closeIdle();
  expect(await withOpened(spec, async (recording) => recording)).not.toBe(first);
});
