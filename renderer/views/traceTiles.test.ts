import { expect, test } from 'vitest';
import { toyState, toyTraces } from './toyState.ts';
import { besideOf, covered, exactness, framesOfTiles, neighbours, tilesFor, valueAt } from './traceTiles.ts';
import { seenOf, traceParams } from './traceWindow.ts';

const options = { ...traceParams.parse({}), startS: 1.1, spanS: 4 };
const seen = seenOf(toyState(), options)!;

test('the coarsest columns that give every pixel one, in no more tiles than the window has', () => {
  // 4000 frames on 500 pixels: columns of 8 frames, 1024 frames a tile, frames 1099 to 5102.
  const args = tilesFor(toyState(), options, seen, 500);
  expect(args).toEqual({ node: 1, segment: 0, order: 'depth', framesAColumn: 8, firstTile: 1, endTile: 5 });
  expect(framesOfTiles(args, 5000)).toEqual({ startFrame: 1024, endFrame: 5000 });
});

test('bytes a step are at most two columns a pixel and the rest of two tiles', () => {
  for (const pixels of [300, 777, 1800])
    for (const spanS of [0.25, 0.6, 1, 10]) {
      const window = seenOf(toyState(), { ...options, startS: 0, spanS })!;
      const { firstTile, endTile } = tilesFor(toyState(), options, window, pixels);
      expect((endTile - firstTile) * 128).toBeLessThanOrEqual(Math.max(2 * pixels, 512) + 256);
    }
});

test('how much of the window those tiles show', () => {
  const args = { ...tilesFor(toyState(), options, seen, 500), firstTile: 0, endTile: 3 };
  expect(covered(args, seen)).toBeCloseTo((3072 - 1100) / 4000);
  expect(covered({ ...args, endTile: 1 }, seen)).toBe(0);
});

test('traces go on from tile to tile, each in its own numbers', () => {
  const tile = toyTraces().items[0]!;
  const next = toyTraces({ tile: 1, scale: 0.25 }).items[0]!;
  const [first, second] = neighbours([tile, next]);
  expect([...besideOf(first!)].slice(0, 4)).toEqual([Number.NaN, Number.NaN, -5, 5]);
  expect([...besideOf(second!)].slice(0, 4)).toEqual([-20, 20, Number.NaN, Number.NaN]);
  expect(besideOf(neighbours([tile, next])[0]!)).toBe(besideOf(first!));
  expect(besideOf(neighbours([tile])[0]!)).not.toBe(besideOf(first!));
});

test('values are those of the column a frame is in', () => {
  expect(valueAt(toyTraces(), 1, 407)).toEqual([-50, 5]);
  expect(valueAt(toyTraces(), 1, 408)).toEqual([-5, 5]);
  expect(valueAt(toyTraces(), 0, 407)).toEqual([-5, 5]);
  expect(valueAt(toyTraces(), 1, 1024)).toBeUndefined();
});

test('exact is what all tiles are', () => {
  expect(exactness(toyTraces().items)).toEqual({ sampled: 1, secondsLeft: undefined });
  const tile = toyTraces({ sampled: 0.03, secondsLeft: 12 }).items[0]!;
  expect(exactness([...toyTraces().items, tile])).toEqual({ sampled: 0.03, secondsLeft: 12 });
});
