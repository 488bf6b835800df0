import { expect, test } from 'vitest';
import { memoryRecording } from '../shared/memoryRecording.ts';
import type { Probe } from '../shared/probe.ts';
import { rowOrder } from './rowOrder.ts';

/** Two shanks; the channels follow neither depth nor shank. */
const contacts = [
  { x: 0, y: 40, shank: 'a' },
  { x: 250, y: 10, shank: 'b' },
  { x: 0, y: 0, shank: 'a' },
  { x: 250, y: 0, shank: 'b' },
  { x: 20, y: 0, shank: 'a' },
];
const probe: Probe = {
  ndim: 2,
  si_units: 'um',
  annotations: {},
  contact_annotations: {},
  contact_positions: contacts.map(({ x, y }) => [x, y]),
  contact_shapes: contacts.map(() => 'circle'),
  contact_shape_params: contacts.map(() => ({ radius: 5 })),
  shank_ids: contacts.map(({ shank }) => shank),
  device_channel_indices: contacts.map((_, channel) => channel),
};
const channelIds = contacts.map((_, channel) => channel);
const { info } = memoryRecording([], { channelIds, probe: { probes: [probe] } });

test('by depth: the deepest first, whichever shank it is on, from left to right', () => {
  expect([...rowOrder(info, 'depth')]).toEqual([2, 4, 3, 1, 0]);
});

test('by shank: shank by shank, each from its deepest contact up', () => {
  expect([...rowOrder(info, 'shank')]).toEqual([2, 4, 0, 3, 1]);
});

test('by number, and where there is no probe: as in the file', () => {
  expect([...rowOrder(info, 'number')]).toEqual([0, 1, 2, 3, 4]);
  expect([...rowOrder(memoryRecording([], { channelIds }).info, 'depth')]).toEqual([0, 1, 2, 3, 4]);
});
