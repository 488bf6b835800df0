import { expect, test } from 'vitest';
import { COLUMN_FRAMES, columnFrames, framesOfTile, TILE_COLUMNS, tilesOfFrames } from './tileGrid.ts';

test('levels rise, each at most twice the one before', () => {
  expect(COLUMN_FRAMES.slice(0, 9)).toEqual([1, 2, 3, 4, 6, 8, 12, 16, 24]);
  for (const [i, frames] of COLUMN_FRAMES.entries()) {
    const before = COLUMN_FRAMES[i - 1] ?? frames / 2;
    expect(frames > before && frames <= 2 * before).toBe(true);
  }
});

test('the level has at least a column a pixel, and at most twice as many', () => {
  for (let pixel = 1; pixel < 1e6; pixel *= 1.37) {
    const frames = columnFrames(pixel);
    expect(frames <= pixel && pixel / frames <= 2).toBe(true);
  }
  expect(columnFrames(0.01)).toBe(1);
});

test('tiles cover a stretch of frames and no more', () => {
  const each = 4 * TILE_COLUMNS;
  expect(tilesOfFrames({ startFrame: 0, endFrame: each }, 4)).toEqual({ firstTile: 0, endTile: 1 });
  expect(tilesOfFrames({ startFrame: each - 1, endFrame: each + 1 }, 4)).toEqual({ firstTile: 0, endTile: 2 });
  expect(tilesOfFrames({ startFrame: 5, endFrame: 5 }, 4)).toEqual({ firstTile: 0, endTile: 1 });
  expect(framesOfTile(3, 4)).toEqual({ startFrame: 3 * each, endFrame: 4 * each });
});
