import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import { random } from '../shared/random.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';

const CHANNELS = 6;
const FRAMES = 5000;
const signal = new AbortController().signal;
const r = random(3);
const shank = roundContacts(
  Array.from({ length: CHANNELS }, (_, c) => [200 * (c % 2), 20 * Math.floor(c / 2)]),
  5,
);
/** Two shanks, whose channels take turns. */
const parent = memoryRecording([Float32Array.from({ length: FRAMES * CHANNELS }, () => 50 * r.gaussian())], {
  channelIds: ['a', 'b', 'c', 'd', 'e', 'f'],
  gainToUv: [1, 2, 3, 4, 5, 6],
  offsetToUv: [0, 0, 0, 0, 0, 0],
  properties: { group: [1, 0, 1, 0, 1, 0], name: ['A', 'B', 'C', 'D', 'E', 'F'] },
  probe: { probes: [{ ...shank, device_channel_indices: [0, 1, 2, 3, 4, 5] }] },
});

async function applied(name: string, given: object, from = parent) {
  const step = findStep(name);
  const params = parseParams(step, 'step', given);
  return stepRecording({ step, params, fitted: await step.fit?.(from, params, signal) }, from);
}

test('each group goes through the steps as if it were alone, channels keep their order', async () => {
  const steps = [{ step: 'bandpass_filter' }, { step: 'zscore' }, { step: 'common_reference' }];
  const split = await applied('split_by', { steps });
  expect(split.info.channelIds).toEqual(parent.info.channelIds);
  expect(split.info.probe).toEqual(parent.info.probe);
  expect(split.info.properties).toEqual({ ...parent.info.properties, aggregation_key: [1, 0, 1, 0, 1, 0] });
  const whole = await split.read(0, 1000, 1500);
  for (const ids of [
    ['a', 'c', 'e'],
    ['b', 'd', 'f'],
  ]) {
    let alone = await applied('channel_slice', { channel_ids: ids });
    for (const { step } of steps) alone = await applied(step, {}, alone);
    const own = await alone.read(0, 1000, 1500);
    const columns = ids.map((id) => parent.info.channelIds.indexOf(id));
    for (let f = 0; f < 500; f++)
      expect(columns.map((c) => whole[f * CHANNELS + c])).toEqual([...own.subarray(f * 3, f * 3 + 3)]);
  }
});

test('steps that are off are left out; steps may drop channels', async () => {
  const steps = [
    { step: 'rectify', enabled: false },
    { step: 'depth_order', params: { flip: true, dimensions: 'y' } },
  ];
  const same = await applied('by_group', { steps });
  expect([...(await same.read(0, 0, 40))]).toEqual([...(await parent.read(0, 0, 40))]);
  const fewer = await applied('split_by', { property: 'name', steps: [{ step: 'scale', params: { gain: 2 } }] });
  expect((await fewer.read(0, 7, 8))[3]).toBe(2 * (await parent.read(0, 7, 8))[3]!);
});

test('new channels come group after group, their probes side by side', async () => {
  const averaged = await applied('split_by', {
    steps: [{ step: 'average_across_direction', params: { direction: 'x' } }],
  });
  expect(averaged.info.channelIds).toEqual(['b-d-f', 'a-c-e']);
  expect(averaged.info.probe?.probes.map((probe) => probe.device_channel_indices)).toEqual([[0], [1]]);
  const [first] = await averaged.read(0, 10, 11);
  const frame = await parent.read(0, 10, 11);
  expect(first).toBeCloseTo((frame[1]! + frame[3]! + frame[5]!) / 3, 4);
});

test('a property that is not there, a step that is not known, channels that do not fit are told', async () => {
  await expect(applied('split_by', { property: 'shoe' })).rejects.toThrow('no property "shoe"');
  await expect(applied('split_by', { steps: [{ step: 'whitten' }] })).rejects.toThrow('unknown step "whitten"');
  await expect(applied('split_by', { steps: [{ step: 'clip', params: { a_mix: 1 } }] })).rejects.toThrow('a_mix');
});
