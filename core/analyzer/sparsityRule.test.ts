import { expect, test } from 'vitest';
import { toyRecording } from '../generate/toy.ts';
import { channelLayout } from '../shared/probe.ts';
import type { Contents } from './contents.ts';
import { channelsWithin } from './sparsity.ts';
import { sparsityRule } from './sparsityRule.ts';

const { recording, sorting } = toyRecording({ channels: 32, units: 3, seconds: 1 });
const { info } = recording;
const layout = channelLayout(info.probe!, 32)!;
const mainChannels = Int32Array.of(4, 16, 30);
const contents = (channelsOf: readonly Int32Array[], parts: Partial<Contents> = {}): Contents => ({
  folder: '/nowhere',
  info,
  layout,
  sorting,
  returnInUv: true,
  peakSign: 'both',
  peakMode: 'extremum',
  mainChannels,
  channelsOf,
  sparse: true,
  recording: undefined,
  ...parts,
});

test('a radius is told by the channels it keeps', () => {
  for (const radius of [50, 75, 100]) {
    const { radiusUm, rule } = sparsityRule(contents(channelsWithin(layout, mainChannels, radius)));
    expect(channelsWithin(layout, mainChannels, radiusUm!)).toEqual(channelsWithin(layout, mainChannels, radius));
    expect(rule).toContain(`within ${radiusUm} µm`);
  }
});

test('what an analyzer of ours has saved', () => {
  const kept = channelsWithin(layout, mainChannels, 73);
  const rule = 'radius: within 73 µm of the main channel, where the template is largest';
  expect(sparsityRule(contents(kept, { radiusUm: 73 }))).toEqual({ radiusUm: 73, rule });
});

test('as many channels a unit, some other rule, and none', () => {
  const five = [
    [4, 20, 21, 22, 23],
    [16, 0, 1, 2, 3],
    [30, 0, 1, 2, 3],
  ].map((own) => Int32Array.from(own));
  expect(sparsityRule(contents(five))).toEqual({ rule: expect.stringContaining('the 5 where') });
  expect(sparsityRule(contents([five[0]!, five[1]!, Int32Array.of(30, 1)])).rule).toMatch(/sparsity_mask.npy/);
  const all = five.map(() => Int32Array.from({ length: 32 }, (_, c) => c));
  expect(sparsityRule(contents(all, { sparse: false })).rule).toMatch(/all channels/);
});
