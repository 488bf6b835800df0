import { expect, test } from 'vitest';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import { noiseLevels } from './noiseLevels.ts';
import { randomSlices } from './randomSlices.ts';

const r = random(3);
const traces = Float32Array.from({ length: 60_000 * 2 }, (_, i) => (i % 2 === 0 ? 10 : 30) * r.gaussian() + 100);
const recording = memoryRecording([traces], {
  channelIds: ['a', 'b'],
  gainToUv: [0.5, 2],
  offsetToUv: [-50, -200],
});

test('every method finds the deviation of Gaussian noise, in raw units or µV', async () => {
  const slices = randomSlices(recording.info, { num_chunks_per_segment: 10, chunk_size: 6000, seed: 1 });
  for (const method of ['mad', 'std'] as const) {
    const [a, b] = await noiseLevels(recording, slices, { method });
    expect(a).toBeCloseTo(10, 0);
    expect(b! / 30).toBeCloseTo(1, 1);
  }
  const [a, b] = await noiseLevels(recording, slices, { method: 'rms', inUv: true }); // no mean is left in µV
  expect(a).toBeCloseTo(5, 0);
  expect(b! / 60).toBeCloseTo(1, 1);
});

test('mad is the median distance to the median over 0.6745; chunks are averaged', async () => {
  const small = memoryRecording([Float32Array.of(1, 2, 3, 4, 100, 0, 0, 4)], { channelIds: [0] });
  const chunks = [
    [0, 0, 5],
    [0, 5, 8],
  ] as const;
  const [level] = await noiseLevels(small, chunks);
  expect(level).toBeCloseTo((1 + 0) / 2 / 0.6744897501960817, 12);
});

test('random slices have one seed, one length, and stay inside', () => {
  const info = { ...recording.info, numFrames: [60_000, 300, 0] };
  const slices = randomSlices(info, { num_chunks_per_segment: 5, chunk_duration: '500ms', seed: 4 });
  expect(slices).toEqual(randomSlices(info, { num_chunks_per_segment: 5, chunk_duration: 0.5, seed: 4 }));
  expect(slices).not.toEqual(randomSlices(info, { num_chunks_per_segment: 5, seed: 5 }));
  expect(slices).toHaveLength(6);
  expect(slices[5]).toEqual([1, 0, 300]);
  for (const [, start, end] of slices.slice(0, 5))
    expect([end - start, start >= 0, end <= 60_000]).toEqual([15_000, true, true]);
  expect(() => randomSlices(info, { chunk_duration: 'long' })).toThrow('not a duration');
});
