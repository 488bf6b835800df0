import { expect, test } from 'vitest';
import { welch, welchPlan } from './welch.ts';

const frames = 300;
const x = (t: number) => ((t * 37) % 101) - 50;
const y = (t: number) => ((t * t) % 67) - 20;
const data = Float32Array.from({ length: 2 * frames }, (_, i) => (i % 2 === 0 ? x : y)(i >> 1));
const of = { data, channels: 2, frames, samplingFrequency: 1000, gain: [1, 1] };
const at = (density: Float32Array) => [0, 1, 5, 17, 32].map((k) => density[k]!);

test('as scipy.signal.welch: one column, and the mean of two', () => {
  const plan = welchPlan(64);
  // scipy.signal.welch(x, fs=1000, nperseg=64)
  const one = [0.0584072, 0.141045, 0.310099, 5.52192, 0.103223];
  const two = [0.0951265, 0.782943, 0.629528, 2.97958, 0.137533];
  for (const [i, v] of at(welch(of, [0], plan)).entries()) expect(v / one[i]!).toBeCloseTo(1, 4);
  for (const [i, v] of at(welch(of, [0, 1], plan)).entries()) expect(v / two[i]!).toBeCloseTo(1, 4);
});

test('a gain counts squared; only powers of two', () => {
  const plan = welchPlan(64);
  const plain = welch(of, [1], plan);
  const louder = welch({ ...of, gain: [1, 3] }, [1], plan);
  expect(louder[5]! / plain[5]!).toBeCloseTo(9, 4);
  expect(() => welchPlan(100)).toThrow('no power of two');
});
