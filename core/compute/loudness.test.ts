import { expect, test } from 'vitest';
import { random } from '../shared/random.ts';
import { loudness } from './loudness.ts';

/** 3 channels of noise around 100; channel 0 falls low 4 times, two samples each, channel 1 rises as often. */
function block(): Float32Array {
  const draw = random(3);
  const data = Float32Array.from({ length: 3 * 5000 }, () => 100 + draw.gaussian());
  for (const frame of [500, 1500, 2500, 3500])
    for (const f of [frame, frame + 1]) {
      data[3 * f] = 60;
      data[3 * f + 1] = 140;
    }
  return data;
}

test('each fall below the threshold counts once', () => {
  const { crossings } = loudness(block(), 3, 5, [false, false, false]);
  expect([...crossings]).toEqual([4, 0, 0]);
});

test('a negative gain turns spikes around', () => {
  const { crossings } = loudness(block(), 3, 5, [false, true, false]);
  expect([...crossings]).toEqual([4, 4, 0]);
});

test('the standard deviation keeps its digits beside a large offset', () => {
  const near = loudness(block(), 3, 5, [false, false, false]).deviation[2]!;
  const far = loudness(
    block().map((v) => v + 100_000),
    3,
    5,
    [false, false, false],
  ).deviation[2]!;
  expect(near).toBeCloseTo(1, 1);
  expect(far / near).toBeCloseTo(1, 2);
});
