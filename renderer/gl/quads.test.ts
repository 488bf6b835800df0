import { expect, test } from 'vitest';
import {
  bandElements,
  lineElements,
  quadElements,
  rectCorners,
  rowExtents,
  strokeEnds,
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

test('the extents of a row are those of its columns, less its centre', () => {
  const minMax = new Int16Array([-1, 4, -3, 2, 10, 12, 9, 30]);
  expect([...rowExtents(minMax, 2, 2, new Float32Array([1, 10]))]).toEqual([-4, 3, -1, 20]);
});

test('a piece of a trace spans its columns and the extents of its row', () => {
  const vertices = traceVertices(new Float32Array([0.25, 0.5, 1]), new Float32Array([0, 0, -2, 5]));
  expect([...vertices]).toEqual([0.25, -2, 1, -1, 0.5, -2, 1, -1, 0.25, 5, 1, 1, 0.5, 5, 1, 1]);
});
