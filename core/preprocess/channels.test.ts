import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { channelLayout } from '../shared/probe.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import { probeJson } from '../shared/probeJsonWrite.ts';
import type { Recording } from '../shared/recording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';

const probe = roundContacts(
  [
    [0, 40],
    [0, 0],
    [30, 0],
    [0, 20],
  ],
  5,
);
const wired = { ...probe, shank_ids: ['0', '0', '1', '0'], device_channel_indices: [3, 0, 1, 2] };
/** Channels a (0, 0), b (30, 0), c (0, 20), d (0, 40); a frame of 1, 2, 4, 8. */
const parent = memoryRecording([Float32Array.of(1, 2, 4, 8, 10, 20, 40, 80)], {
  channelIds: ['a', 'b', 'c', 'd'],
  gainToUv: [1, 1, 2, 2],
  offsetToUv: [0, 0, 5, 5],
  properties: { group: [0, 1, 0, 0], name: ['A', 'B', 'C', 'D'], bad: [false, false, true, false] },
  probe: { probes: [wired] },
});

function applied(name: string, given: object, from: Recording = parent): Recording {
  const step = findStep(name);
  return stepRecording({ step, params: parseParams(step, 'step', given) }, from);
}
const frame = async (recording: Recording) => [...(await recording.read(0, 0, 1))];

test('channel_slice: these channels in this order, with all that is known of them', async () => {
  const made = applied('channel_slice', { channel_ids: ['d', 'a'], renamed_channel_ids: ['x', 'y'] });
  expect([...(await made.read(0, 0, 2))]).toEqual([8, 1, 80, 10]);
  expect(made.info).toMatchObject({
    channelIds: ['x', 'y'],
    gainToUv: [2, 1],
    offsetToUv: [5, 0],
    properties: { group: [0, 0], name: ['D', 'A'], bad: [false, false] },
  });
  expect([...channelLayout(made.info.probe!, 2)!.y]).toEqual([40, 0]);
  expect(() => applied('select_channels', { channel_ids: ['q'] })).toThrow('channel_ids: there is no channel "q"');
  expect(() => applied('channel_slice', { channel_ids: ['a', 'a'] })).toThrow('named twice');
  expect(() => applied('channel_slice', { channel_ids: [] })).toThrow('no channel would be left');
});

test('remove_channels and rename_channels', async () => {
  const made = applied('remove_channels', { remove_channel_ids: ['b'] });
  expect([made.info.channelIds, await frame(made)]).toEqual([
    ['a', 'c', 'd'],
    [1, 4, 8],
  ]);
  expect(applied('rename_channels', { new_channel_ids: [5, 6, 7, 8] }).info.channelIds).toEqual([5, 6, 7, 8]);
  expect(() => applied('rename_channels', { new_channel_ids: [5] })).toThrow('1 names for 4 channels');
  expect(() => applied('rename_channels', { new_channel_ids: [5, 5, 6, 7] })).toThrow('"5" is there twice');
  expect(() => applied('remove_channels', { remove_channel_ids: ['a', 'b', 'c', 'd'] })).toThrow('no channel');
});

test('depth_order: from the tip up, from left to right', () => {
  expect(applied('depth_order', {}).info.channelIds).toEqual(['a', 'b', 'c', 'd']);
  expect(applied('depth_order', { dimensions: ['y', 'x'] }).info.channelIds).toEqual(['a', 'c', 'd', 'b']);
  expect(applied('depth_order', { flip: true, channel_ids: ['c', 'd'] }).info.channelIds).toEqual(['d', 'c']);
  const { probe: _, ...bare } = parent.info;
  expect(() => applied('depth_order', {}, { ...parent, info: bare })).toThrow('no probe');
});

test('average_across_direction: one channel a depth; gains where they agree', async () => {
  const made = applied('average_across_direction', {});
  expect([made.info.channelIds, await frame(made)]).toEqual([
    ['a-b', 'c', 'd'],
    [1.5, 4, 8],
  ]);
  expect([...channelLayout(made.info.probe!, 3)!.x]).toEqual([15, 0, 0]);
  expect(made.info.gainToUv).toEqual([1, 2, 2]);
  expect(applied('average_across_direction', { direction: 'x' }).info.gainToUv).toBeUndefined();
});

test('directional_derivative: the slope along a column, 0 where a channel is alone', async () => {
  expect(await frame(applied('directional_derivative', {}))).toEqual([3 / 20, 0, 7 / 40, 4 / 20].map(Math.fround));
  const mean = await frame(applied('directional_derivative', { order: 0 }));
  expect(mean[0]).toBeCloseTo(1 - 13 / 3, 5);
  expect(() => applied('directional_derivative', { direction: 'x', edge_order: 2 })).toThrow('columns of 3 channels');
});

test('zero_channel_pad: zeros after, or where they are told', async () => {
  expect(await frame(applied('zero_channel_pad', { num_channels: 6 }))).toEqual([1, 2, 4, 8, 0, 0]);
  const told = applied('zero_channel_pad', { num_channels: 5, channel_mapping: [4, 3, 2, 1] });
  expect([await frame(told), told.info.channelIds]).toEqual([
    [0, 8, 4, 2, 1],
    [0, 1, 2, 3, 4],
  ]);
  expect(() => applied('zero_channel_pad', { num_channels: 3 })).toThrow("fewer than the recording's 4");
  expect(() => applied('zero_channel_pad', { num_channels: 5, channel_mapping: [0, 1, 2, 9] })).toThrow(
    '9 is not below',
  );
});

test('set_probe: its contacts, channels without one are left out, groups by shank', async () => {
  const json = probeJson({ probes: [{ ...wired, device_channel_indices: [3, 0, 1, -1] }] });
  const made = applied('set_probe', { probe: json });
  expect([made.info.channelIds, await frame(made)]).toEqual([
    ['a', 'b', 'd'],
    [1, 2, 8],
  ]);
  expect(made.info.properties.group).toEqual([0, 1, 0]);
  const beyond = probeJson({ probes: [{ ...wired, device_channel_indices: [4, 0, 1, 2] }] });
  expect(() => applied('set_probe', { probe: beyond })).toThrow('wired to channel 4, the recording has 4');
});
