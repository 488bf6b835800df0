import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Recording } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';

const counting = (from: number, frames: number) => Float32Array.from({ length: frames }, (_, i) => from + i);
/** Segments of 10 and 5 frames, 1000 Hz, beginning at 2 and 7 s. */
const two = memoryRecording([counting(0, 10), counting(100, 5)], {
  channelIds: [0],
  samplingFrequency: 1000,
  tStart: [2, 7],
});

function applied(name: string, given: object, from: Recording): Recording {
  const step = findStep(name);
  return stepRecording({ step, params: parseParams(step, 'step', given) }, from);
}
const first = applied('select_segments', { segment_indices: 0 }, two);

test('select_segments: these in this order', async () => {
  const turned = applied('select_segments', { segment_indices: [1, 0] }, two);
  expect([turned.info.numFrames, turned.info.tStart]).toEqual([
    [5, 10],
    [7, 2],
  ]);
  expect([...(await turned.read(0, 3, 5))]).toEqual([103, 104]);
  expect(() => applied('select_segments', { segment_indices: 2 }, two)).toThrow('no segment 2');
});

test('frame_slice: a stretch whose times go on', async () => {
  const cut = applied('frame_slice', { start_frame: 3, end_frame: 7 }, first);
  expect([cut.info.numFrames, cut.info.tStart]).toEqual([[4], [2.003]]);
  expect([...(await cut.read(0, 1, 4))]).toEqual([4, 5, 6]);
  await expect(cut.read(0, 1, 5)).rejects.toThrow(RangeError);
  expect(() => applied('frame_slice', { end_frame: 11 }, first)).toThrow('beyond');
  expect(() => applied('frame_slice', { start_frame: 4, end_frame: 4 }, first)).toThrow('no frame would be left');
  expect(() => applied('frame_slice', {}, two)).toThrow('2 segments');
});

test("time_slice: on the recording's own clock", async () => {
  const cut = applied('time_slice', { start_time: 2.0022, end_time: 2.008 }, first);
  expect([...(await cut.read(0, 0, 6))]).toEqual([2, 3, 4, 5, 6, 7]);
  expect(() => applied('time_slice', { start_time: 0.5 }, first)).toThrow(
    '0.5 s is outside the recording (2 to 2.01 s)',
  );
});

test('concatenate_recordings: end to end, blocks over the seam', async () => {
  const joined = applied('concatenate_recordings', {}, two);
  expect([joined.info.numFrames, joined.info.tStart]).toEqual([[15], [0]]);
  expect([...(await joined.read(0, 8, 12))]).toEqual([8, 9, 100, 101]);
  expect([...(await joined.read(0, 12, 12))]).toEqual([]);
  expect(() => applied('concatenate_recordings', { ignore_times: false }, two)).toThrow('begins at 2 s');
});
