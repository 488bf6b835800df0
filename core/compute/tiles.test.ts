import { expect, test } from 'vitest';
import type { TraceTile } from '../shared/api.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Probe } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { inSd } from './sdScale.ts';
import { depthOrder, tilesOf } from './tiles.ts';

function info(channels: number, rest: Partial<RecordingInfo> = {}): RecordingInfo {
  return memoryRecording([], { channelIds: Array.from({ length: channels }, (_, c) => c), ...rest }).info;
}

function probe(contacts: readonly { x: number; y: number; shank?: string; channel: number }[]): Probe {
  return {
    ndim: 2,
    si_units: 'um',
    annotations: {},
    contact_annotations: {},
    contact_positions: contacts.map(({ x, y }) => [x, y]),
    contact_shapes: contacts.map(() => 'circle'),
    contact_shape_params: contacts.map(() => ({ radius: 5 })),
    shank_ids: contacts.map(({ shank = '' }) => shank),
    device_channel_indices: contacts.map(({ channel }) => channel),
  };
}

/** What a tile shows, in its unit. */
function shown(tile: TraceTile): number[] {
  return [...tile.minMax].map((value) => Math.round(value * tile.scale * 1000) / 1000);
}

test('rows go from the deepest contact up, shank by shank', () => {
  const contacts = [
    { x: 0, y: 40, shank: '0', channel: 0 },
    { x: 0, y: 0, shank: '0', channel: 1 },
    { x: 250, y: 0, shank: '1', channel: 2 },
    { x: 20, y: 0, shank: '0', channel: 3 },
  ];
  expect([...depthOrder(info(4, { probe: { probes: [probe(contacts)] } }))]).toEqual([1, 3, 0, 2]);
  expect([...depthOrder(info(3))]).toEqual([0, 1, 2]);
});

test('values are in µV where gains are known, in SD once whitened, else raw', () => {
  const columns = { columns: 1, low: Float32Array.of(-10, 0), high: Float32Array.of(20, 4) };
  const gains = { gainToUv: [0.5, -2], offsetToUv: [1, 0] };
  const [raw] = tilesOf(info(2), columns);
  const [uv] = tilesOf(info(2, gains), columns);
  const [sd] = tilesOf(inSd(info(2, gains), 200), columns);
  expect([raw?.unit, shown(raw!)]).toEqual(['raw', [-10, 20, 0, 4]]);
  expect([uv?.unit, shown(uv!)]).toEqual(['µV', [-4, 11, -8, 0]]);
  expect([sd?.unit, shown(sd!)]).toEqual(['SD', [-0.05, 0.1, 0, 0.02]]);
});

test('a tile has at most 32 rows and stays under 256 KB', () => {
  for (const columns of [1, 1000, 5000]) {
    const size = columns * 70;
    const tiles = [...tilesOf(info(70), { columns, low: new Float32Array(size), high: new Float32Array(size) })];
    expect(tiles.flatMap((tile) => [...tile.channels])).toEqual(Array.from({ length: 70 }, (_, c) => c));
    expect(tiles.map((tile) => tile.firstRow)).toEqual(tiles.map((tile) => tile.channels[0]));
    for (const { channels, minMax } of tiles) {
      expect(channels.length).toBeLessThanOrEqual(32);
      expect(minMax.byteLength).toBeLessThan(256 * 1024);
    }
  }
});

test('damaged samples are drawn, not spread', () => {
  const [infinity, nothing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const low = Float32Array.of(infinity, -3); // NaN alone leaves a column as it began
  const high = Float32Array.of(nothing, infinity);
  const [tile] = tilesOf(info(2), { columns: 1, low, high });
  expect(shown(tile!)).toEqual([0, 0, -3, 3]);
});
