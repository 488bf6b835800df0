import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { commonReference } from './commonReference.ts';
import { localReferences } from './references.ts';

const ids = ['a', 'b', 'c', 'd', '7'];
const { info } = memoryRecording([], { channelIds: ids });

/** One frame, referenced. */
function referenced(frame: readonly number[], params: object, dtype: 'float32' | 'int16' = 'float32'): number[] {
  const parent = { ...info, dtype };
  const prepared = commonReference.prepare(parent, parseParams(commonReference, 'step', params), undefined);
  return [...commonReference.apply(Float32Array.from(frame), 1, prepared, { segment: 0, startFrame: 0 })];
}

const frame = [1, 2, 4, 8, 100];

test('global: the median, or the average, of all or of some channels', () => {
  expect(referenced(frame, {})).toEqual([-3, -2, 0, 4, 96]);
  expect(referenced(frame, { operator: 'average' })).toEqual([-22, -21, -19, -15, 77]);
  expect(referenced(frame, { ref_channel_ids: ['a', 'b'] })).toEqual([-0.5, 0.5, 2.5, 6.5, 98.5]);
});

test('single: one channel; an id may be written as number or as text', () => {
  expect(referenced(frame, { reference: 'single', ref_channel_ids: 'b' })).toEqual([-1, 0, 2, 6, 98]);
  expect(referenced(frame, { reference: 'single', ref_channel_ids: [7] })).toEqual([-99, -98, -96, -92, 0]);
});

test('groups: each its own reference, or others; channels in none stay', () => {
  const groups = [
    ['a', 'b'],
    ['c', 'd'],
  ];
  expect(referenced(frame, { groups })).toEqual([-0.5, 0.5, -2, 2, 100]);
  expect(referenced(frame, { groups, reference: 'single', ref_channel_ids: ['a', 'd'] })).toEqual([0, 1, -4, 0, 100]);
  expect(referenced(frame, { groups, ref_channel_ids: [['c'], ['a', 'b']] })).toEqual([-3, -2, 2.5, 6.5, 100]);
  // out of group: a and b by the median of 4, 8 and 100; c and d by that of 1, 2 and 100
  expect(referenced(frame, { groups, ref_channel_ids: 'out_of_group' })).toEqual([-7, -6, 2, 6, 100]);
});

test('whole numbers are rounded to the even neighbour', () => {
  expect(referenced([1, 2, 4, 7, 100], { groups: [['a', 'b', 'c', 'd']] }, 'int16')).toEqual([-2, -1, 1, 4, 100]);
  expect(referenced([1, 4, 0, 0, 0], { groups: [['a', 'b']] }, 'int16')).toEqual([-2, 2, 0, 0, 0]);
});

test('local: the ring, else the nearest beyond its inner edge, else none', () => {
  const y = [0, 20, 40, 60, 500];
  const distances = Float64Array.from(y.flatMap((a) => y.map((b) => Math.abs(a - b))));
  const from = (inner: number, outer: number, least: number) =>
    localReferences(distances, 5, [inner, outer], least).map((reference) => [...reference.from]);
  expect(from(10, 45, 1)[0]).toEqual([1, 2]);
  expect(from(30, 45, 1)[0]).toEqual([2]);
  expect(from(30, 45, 2)[0]).toEqual([2, 3]);
  expect(from(10, 45, 1)[4]).toEqual([3]);
  expect(from(1000, 2000, 1)[0]).toEqual([]);
});

test('local without a probe, and channels that are not there, are told', () => {
  const say = (params: object) => () => commonReference.info(info, parseParams(commonReference, 'step', params));
  expect(say({ reference: 'local' })).toThrow('no probe');
  expect(say({ reference: 'single' })).toThrow('needs the channel');
  expect(say({ reference: 'single', ref_channel_ids: ['a', 'b'] })).toThrow('does not fit');
  expect(say({ ref_channel_ids: ['z'] })).toThrow('no channel "z"');
  expect(say({ ref_channel_ids: 'out_of_group' })).toThrow('needs groups');
});
