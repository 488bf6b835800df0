import { expect, test } from 'vitest';
import { type FinishArgs, finishUnits } from './finish.ts';

/** Spikes of one stretch: [frame, unit, gain]. */
function part(...spikes: (readonly [number, number, number])[]): FinishArgs['parts'][number] {
  return {
    segment: Int32Array.from(spikes, () => 0),
    frame: Float64Array.from(spikes, ([frame]) => frame),
    unit: Int32Array.from(spikes, ([, unit]) => unit),
    gain: Float32Array.from(spikes, ([, , gain]) => gain),
  };
}

const args = {
  segments: 1,
  samplingFrequency: 30_000,
  seconds: 10,
  minSpikes: 2,
  channels: [Int32Array.of(0, 1), Int32Array.of(1, 2), Int32Array.of(5)],
};
const train = (unit: number, count: number, offset = 0) =>
  Array.from({ length: count }, (_, i) => [1000 * (i + 1) + offset, unit, 50] as const);
const merged = (...lists: (readonly [number, number, number])[][]) => part(...lists.flat().sort((a, b) => a[0] - b[0]));

test('of two spikes of a unit at nearly the same time, also across stretches, the better stays', () => {
  const parts = [part([100, 0, 30], [108, 0, 60], [5000, 0, 40]), part([5003, 0, 20], [9000, 0, 30])];
  const [spikes] = finishUnits({ ...args, parts, strength: Float64Array.of(20) });
  expect([...spikes![0]!]).toEqual([108, 5000, 9000]);
});

test('a unit that fires with a stronger one on its channels is its echo; elsewhere it is not', () => {
  const strength = Float64Array.of(20, 12, 12);
  const parts = [merged(train(0, 40), train(1, 38, 5), train(2, 38, 5))];
  expect(finishUnits({ ...args, parts, strength }).map((unit) => unit !== undefined)).toEqual([true, false, true]);
});

test('few spikes, and weak units that break the refractory period, are dropped', () => {
  const chain = Array.from({ length: 300 }, (_, i) => [900 * i + (i % 2) * -870, 1, 30] as const).sort(
    (a, b) => a[0] - b[0],
  );
  const strength = Float64Array.of(20, 9, 7);
  const parts = [merged(train(0, 1), chain, train(2, 50))];
  expect(finishUnits({ ...args, parts, strength }).map((unit) => unit !== undefined)).toEqual([false, false, false]);
  const strong = Float64Array.of(20, 12, 9);
  expect(finishUnits({ ...args, parts, strength: strong }).map((unit) => unit !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
});
