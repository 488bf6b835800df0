import { expect, test } from 'vitest';
import {
  bandElements,
  lineElements,
  moved,
  quadElements,
  rectCorners,
  repeatColors,
  strokeEnds,
  traceMiddles,
  traceVertices,
} from './quads.ts';

test('lines are joined within a run and never across two', () => {
  expect([...lineElements(2, 3)]).toEqual([0, 1, 1, 2, 3, 4, 4, 5]);
  expect(lineElements(2, 1).length).toBe(0);
});

test('two quads have four triangles over eight vertices', () => {
  expect([...quadElements(2)]).toEqual([0, 1, 2, 2, 1, 3, 4, 5, 6, 6, 5, 7]);
});

test('a band lies between its own two lines', () => {
  expect([...bandElements(2, 2)]).toEqual([0, 1, 2, 2, 1, 3, 4, 5, 6, 6, 5, 7]);
});

test('each piece of a stroke has its two ends at all four vertices', () => {
  const ends = strokeEnds(new Float32Array([0, 1, 2, 3, 4, 5]), 1, 3);
  expect([...ends.subarray(0, 8)]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect([...ends.subarray(16, 20)]).toEqual([2, 3, 4, 5]);
  expect(ends.length).toBe(32);
});

test('a rectangle has its four corners', () => {
  expect([...rectCorners(new Float32Array([1, 2, 3, 4]))]).toEqual([1, 2, 3, 2, 1, 4, 3, 4]);
});

test('each line is scaled, then moved by its own', () => {
  const position = new Float32Array([0, 1, 1, 2, 0, 1, 1, 2]);
  const at = new Float32Array([10, 20, 30, 40]);
  expect([...moved(position, 2, [2, -1], at)]).toEqual([10, 19, 12, 18, 30, 39, 32, 38]);
  expect([...moved(position, 2, [2, -1], undefined)]).toEqual([0, -1, 2, -2, 0, -1, 2, -2]);
});

test('colours are repeated one by one', () => {
  expect([...repeatColors(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), 2)]).toEqual([
    1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8,
  ]);
});

test('a piece of a trace spans its columns, as high as they and their neighbours are', () => {
  const minMax = new Int16Array([-1, 4, -3, 2, 0, 0, -9, 9, 10, 12, 9, 30, 1, 5, -7, 8]);
  const vertices = traceVertices({ minMax, columns: 4, pieces: new Float32Array([0.25, 0.5, 1]) });
  expect([...vertices]).toEqual([0.25, 1, 1, -1, 0.5, 1, 1, -1, 0.25, 30, 1, 1, 0.5, 30, 1, 1]);
});

test('what is subtracted from a row is known at its four vertices', () => {
  const middles = traceMiddles(new Float32Array([0, 1, 1, 0, 1, 0]), new Float32Array([3, 7]));
  expect([...middles]).toEqual([7, 7, 7, 7, 3, 3, 3, 3]);
});
