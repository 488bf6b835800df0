import { expect, test } from 'vitest';
import type { TraceTile } from '../shared/api.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { inSd } from './sdScale.ts';
import { type Columns, tileRows, tilesOf } from './tiles.ts';

function info(channels: number, rest: Partial<RecordingInfo> = {}): RecordingInfo {
  return memoryRecording([], { channelIds: Array.from({ length: channels }, (_, c) => c), ...rest }).info;
}

function made(about: RecordingInfo, columns: Columns): TraceTile[] {
  return [...tilesOf(tileRows(about, 'depth'), columns, { tile: 7 })];
}

/** What a tile shows, in its unit. */
function shown(tile: TraceTile | undefined): number[] {
  return [...(tile?.minMax ?? [])].map((value) => Math.round(value * tile!.scale * 1000) / 1000);
}

test('values are in µV where gains are known, in SD once whitened, else raw', () => {
  const columns = { columns: 1, low: Float32Array.of(-10, 0), high: Float32Array.of(20, 4) };
  const gains = { gainToUv: [0.5, -2], offsetToUv: [1, 0] };
  const [raw] = made(info(2), columns);
  const [uv] = made(info(2, gains), columns);
  const [sd] = made(inSd(info(2, gains), 200), columns);
  expect([raw?.unit, shown(raw)]).toEqual(['raw', [-10, 20, 0, 4]]);
  expect([uv?.unit, shown(uv)]).toEqual(['µV', [-4, 11, -8, 0]]);
  expect([sd?.unit, shown(sd)]).toEqual(['SD', [-0.05, 0.1, 0, 0.02]]);
  expect(raw).toMatchObject({ tile: 7, sampled: 1, firstRow: 0, numRows: 2 });
});

test('many channels come in several messages, each under 256 KB', () => {
  for (const [channels, messages] of [
    [70, 1],
    [384, 1],
    [1000, 3],
  ] as const) {
    const size = 128 * channels;
    const zeros = { columns: 128, low: new Float32Array(size), high: new Float32Array(size) };
    const tiles = made(info(channels), zeros);
    expect(tiles).toHaveLength(messages);
    expect(tiles.flatMap((tile) => [...tile.channels])).toEqual(Array.from({ length: channels }, (_, c) => c));
    expect(tiles.map((tile) => tile.firstRow)).toEqual(tiles.map((tile) => tile.channels[0]));
    expect(tiles.every(({ numRows }) => numRows === channels)).toBe(true);
    for (const { minMax } of tiles) expect(minMax.byteLength).toBeLessThan(256 * 1024);
  }
});

test('damaged samples are drawn, not spread', () => {
  const [infinity, nothing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const low = Float32Array.of(infinity, -3); // NaN alone leaves a column as it began
  const high = Float32Array.of(nothing, infinity);
  const [tile] = made(info(2), { columns: 1, low, high });
  expect(shown(tile)).toEqual([0, 0, -3, 3]);
});
