import { expect, test } from 'vitest';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { blockRanges, readBlock, stretches } from './blocks.ts';

const info: RecordingInfo = {
  samplingFrequency: 10,
  channelIds: ['a', 'b'],
  numFrames: [25, 10],
  tStart: [0, 0],
  dtype: 'int16',
  isFiltered: false,
  properties: {},
  annotations: {},
};
/** Channel c of frame f reads 10 f + c + 1. */
const counting: Recording = {
  info,
  read: async (_, start, end) =>
    Float32Array.from({ length: (end - start) * 2 }, (__, i) => 10 * (start + (i >> 1)) + (i & 1) + 1),
  close() {},
};

test('blocks cover every frame of every segment once, in order', () => {
  const ranges = blockRanges(info, 1);
  expect(ranges.map((r) => [r.segment, r.startFrame, r.endFrame])).toEqual([
    [0, 0, 10],
    [0, 10, 20],
    [0, 20, 25],
    [1, 0, 10],
  ]);
  expect(stretches(ranges, 3).flat()).toEqual(ranges);
  expect(stretches(ranges, 99)).toHaveLength(4);
});

test('a block has its margin, zeros beyond the borders', async () => {
  const first = await readBlock(counting, { segment: 0, startFrame: 0, endFrame: 2 }, 1);
  expect([...first.data]).toEqual([0, 0, 1, 2, 11, 12, 21, 22]);
  const last = await readBlock(counting, { segment: 0, startFrame: 24, endFrame: 25 }, 1);
  expect([...last.data]).toEqual([231, 232, 241, 242, 0, 0]);
});
