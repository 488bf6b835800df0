import { expect, test } from 'vitest';
import { COLUMN_FRAMES } from '../shared/tileGrid.ts';
import { chunksInPage, levelFor, pyramidShape } from './pyramidShape.ts';

const of = (channels: number, seconds: number) =>
  pyramidShape({ channelIds: Array.from({ length: channels }, (_, c) => c), numFrames: [seconds * 30_000] });

/** On the disk, with all levels. */
function bytes({ channels, numFrames, levels }: ReturnType<typeof of>): number {
  return levels.reduce((sum, level) => sum + (4 * channels * numFrames[0]!) / level, 0);
}

test('a pyramid takes at most a 16th of an int16 file, and about a gigabyte', () => {
  for (const [channels, seconds] of [
    [4, 60],
    [384, 60],
    [384, 3600],
    [384, 36_000],
    [5000, 3600],
  ] as const) {
    const shape = of(channels, seconds);
    expect(bytes(shape)).toBeLessThanOrEqual((channels * seconds * 30_000 * 2) / 16);
    expect(bytes(shape)).toBeLessThan(1.1e9);
  }
  expect(of(384, 60).levels).toEqual([64, 256, 1024, 4096, 8192]);
  expect(of(384, 3600).levels[0]).toBe(256);
});

test('coarser columns are made of the coarsest level that divides them, never of more than a few', () => {
  const shape = of(384, 3600);
  for (const frames of COLUMN_FRAMES.filter((frames) => frames >= 512 && frames <= 65_536)) {
    const level = levelFor(shape, frames)!;
    expect(frames % level).toBe(0);
    expect(frames / level).toBeLessThanOrEqual(8);
  }
  expect(levelFor(shape, 128)).toBeUndefined();
});

test('the last page has the chunks that are left', () => {
  const shape = pyramidShape({ channelIds: [0], numFrames: [33 * 8192 + 1] });
  expect([0, 1, 2].map((page) => chunksInPage(shape, 0, page))).toEqual([32, 2, 0]);
});
