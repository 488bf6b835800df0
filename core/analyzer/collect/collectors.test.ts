import { expect, test } from 'vitest';
import type { Block, Collector } from '../../shared/compute.ts';
import { random } from '../../shared/random.ts';
import type { Recording, RecordingInfo } from '../../shared/recording.ts';
import { type SegmentSpikes, sortSpikes } from '../../shared/sorting.ts';
import { allSpikeValues, type SpikeValues, spikeAmplitudes } from './spikeAmplitudes.ts';
import { spikeCenters } from './spikeCenters.ts';
import { addedSums, type TemplateSums, templateSums } from './templateSums.ts';

const CHANNELS = 3;
const FRAMES = [90, 50];
const draw = random(2);
const traces = FRAMES.map((frames) => Float32Array.from({ length: frames * CHANNELS }, () => draw.integer(200) - 100));
const info: RecordingInfo = {
  samplingFrequency: 1000,
  channelIds: [0, 1, 2],
  numFrames: FRAMES,
  tStart: [0, 0],
  dtype: 'int16',
  isFiltered: true,
  properties: {},
  annotations: {},
};
const recording: Recording = {
  info,
  read: async (segment, from, to) => traces[segment]!.slice(from * CHANNELS, to * CHANNELS),
  close() {},
};
const spikes: SegmentSpikes[] = [
  sortSpikes([2, 10, 31, 31, 60, 88], [0, 1, 0, 1, 0, 1]),
  sortSpikes([0, 20, 49], [0, 1, 0]),
];
const scale = { gains: Float64Array.of(0.5, 0.25, 1), offsets: Float64Array.of(-3, 0, 7) };
const value = (segment: number, frame: number, channel: number) =>
  frame < 0 || frame >= FRAMES[segment]! ? undefined : traces[segment]![frame * CHANNELS + channel]!;

/** Blocks of 16 frames with more margin than is asked for, dealt to two collectors: like two workers. */
async function passOf(make: () => Collector): Promise<unknown[]> {
  const collectors = [make(), make()];
  const margin = 9;
  for (const [segment, frames] of FRAMES.entries())
    for (let startFrame = 0; startFrame < frames; startFrame += 16) {
      const count = Math.min(16, frames - startFrame);
      const data = new Float32Array((count + 2 * margin) * CHANNELS);
      for (let f = 0; f < count + 2 * margin; f++)
        for (let c = 0; c < CHANNELS; c++) data[f * CHANNELS + c] = value(segment, startFrame - margin + f, c) ?? 0;
      const block: Block = { segment, startFrame, frames: count, channels: CHANNELS, margin, data };
      await collectors[segment === 0 && startFrame < 48 ? 0 : 1]!.collect(block);
    }
  return collectors.map((collector) => collector.part());
}

test('template sums are those of every snippet, in µV, empty beyond the borders', async () => {
  const channelsOf = [Int32Array.of(0, 2), Int32Array.of(1)];
  const args = { spikes, channelsOf, nbefore: 4, nafter: 5, scale, squares: true };
  const parts = (await passOf(() => templateSums(args, recording))) as TemplateSums[];
  const { sums, squares } = addedSums(parts);
  const expected = new Float64Array(9 * 2 + 9);
  const expectedSquares = new Float64Array(expected.length);
  spikes.forEach(({ sampleIndex, unitIndex }, segment) => {
    sampleIndex.forEach((frame, i) => {
      const unit = unitIndex[i]!;
      for (let s = 0; s < 9; s++)
        channelsOf[unit]!.forEach((channel, k) => {
          const raw = value(segment, frame - 4 + s, channel);
          if (raw === undefined) return;
          const uv = raw * scale.gains[channel]! + scale.offsets[channel]!;
          const at = unit * 18 + s * channelsOf[unit]!.length + k;
          expected[at]! += uv;
          expectedSquares[at]! += uv * uv;
        });
    });
  });
  expect([...sums]).toEqual([...expected]);
  expect([...squares]).toEqual([...expectedSquares]);
});

test('an amplitude is the trace at the shifted peak; beyond the borders, of zero', async () => {
  const args = { spikes, mainChannels: Int32Array.of(2, 1), shifts: Int32Array.of(2, -3), scale };
  const parts = (await passOf(() => spikeAmplitudes(args))) as SpikeValues[][];
  const expected = spikes.flatMap(({ sampleIndex, unitIndex }, segment) =>
    Array.from(sampleIndex, (frame, i) => {
      const unit = unitIndex[i]!;
      const channel = args.mainChannels[unit]!;
      return (
        (value(segment, frame + args.shifts[unit]!, channel) ?? 0) * scale.gains[channel]! + scale.offsets[channel]!
      );
    }),
  );
  expect([...allSpikeValues(parts, 9)]).toEqual(expected);
});

test('a spike lies nearest to the contact where it is largest', async () => {
  const args = {
    spikes,
    channelsOf: [Int32Array.of(0, 1, 2), Int32Array.of(0, 1)],
    x: Float64Array.of(0, 10, 20),
    y: Float64Array.of(5, 5, 35),
    nbefore: 2,
    nafter: 3,
    feature: 'ptp' as const,
  };
  const parts = (await passOf(() => spikeCenters(args))) as SpikeValues[][];
  const places = allSpikeValues(parts, 9, 2);
  // The spike at frame 31 of unit 1.
  const ptp = [0, 1].map((channel) => {
    const snippet = [29, 30, 31, 32, 33].map((frame) => value(0, frame, channel)!);
    return Math.max(...snippet) - Math.min(...snippet);
  });
  expect(places[6]).toBeCloseTo((10 * ptp[1]!) / (ptp[0]! + ptp[1]!), 4);
  expect(places[7]).toBe(5);
  for (let i = 0; i < 9; i++) expect(places[2 * i]! >= 0 && places[2 * i]! <= 20).toBe(true);
});
