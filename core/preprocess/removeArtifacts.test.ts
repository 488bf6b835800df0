import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { cubicSplineWeights } from './cubicSpline.ts';
import { removeArtifacts } from './removeArtifacts.ts';

const FRAMES = 9000;
const TRIGGERS = [1000, 3000, 3060, 8990];
const signal = new AbortController().signal;
const r = random(2);
/** A slow wave on three channels, with an artefact of 60 frames at each trigger. */
const traces = Float32Array.from({ length: 3 * FRAMES }, (_, i) => 50 * Math.sin(i / 4500) + r.gaussian());
for (const trigger of TRIGGERS)
  for (let f = 0; f < 60; f++)
    for (let c = 0; c < 3; c++) if (trigger + f < FRAMES) traces[3 * (trigger + f) + c]! += 900 * Math.exp(-f / 10);
const parent = memoryRecording([traces], { channelIds: ['a', 'b', 'c'] });

async function applied(given: object) {
  const params = parseParams(removeArtifacts, 'step', { list_triggers: TRIGGERS, ms_before: 0.1, ...given });
  const fitted = await removeArtifacts.fit!(parent, params, signal);
  return stepRecording({ step: removeArtifacts, params, fitted }, parent);
}

test.each(['zeros', 'linear', 'cubic', 'average', 'median'])(
  '%s removes it, the same however the recording is cut',
  async (mode) => {
    const recording = await applied({ mode, time_jitter: 0.1 });
    const whole = await recording.read(0, 0, FRAMES);
    const around = [...whole.subarray(3 * 990, 3 * 1100)];
    expect(Math.max(...around.map(Math.abs))).toBeLessThan(mode === 'average' ? 350 : 70);
    for (const [from, to] of [
      [0, 1010],
      [1010, 3055],
      [3055, 9000],
    ] as const)
      expect(await recording.read(0, from, to)).toEqual(whole.slice(3 * from, 3 * to));
    expect(whole.subarray(3 * 4000, 3 * 5000)).toEqual(traces.subarray(3 * 4000, 3 * 5000));
  },
);

test('each label has a template of its own; a sparse one is taken from its channels only', async () => {
  const artifacts = { x: Array.from({ length: 93 }, () => [1, 2, 3]), y: Array.from({ length: 93 }, () => [9, 9, 9]) };
  const recording = await applied({
    mode: 'average',
    artifacts,
    list_labels: ['x', 'y', 'y', 'y'],
    sparsity: { x: [true, false, true], y: [false, true, false] },
  });
  const out = await recording.read(0, 1000, 1001);
  expect([...out]).toEqual([traces[3000]! - 1, traces[3001]!, traces[3002]! - 3].map(Math.fround));
});

test('the spline is that of scipy.interpolate.interp1d(kind="cubic")', () => {
  const x = [0, 1, 2, 6, 7, 9];
  const y = [1, 3, 2, -4, 0, 5];
  const at = (places: readonly number[]) =>
    cubicSplineWeights(x, places).map((row) => row.reduce((sum, weight, k) => sum + weight * y[k]!, 0));
  for (const [i, value] of at(x).entries()) expect(value).toBeCloseTo(y[i]!, 12);
  // A cubic goes through itself.
  const cubic = (t: number) => t ** 3 - 4 * t ** 2 + 2;
  const weights = cubicSplineWeights(x, [3, 4.5])[1]!;
  expect(weights.reduce((sum, weight, k) => sum + weight * cubic(x[k]!), 0)).toBeCloseTo(cubic(4.5), 9);
});

test('triggers and templates that cannot be are told', async () => {
  await expect(applied({ list_triggers: [9000] })).rejects.toThrow('frame 9000 is not in segment 0');
  await expect(applied({ list_triggers: [[1], [2]] })).rejects.toThrow('2 lists for 1 segments');
  await expect(applied({ list_labels: ['a'] })).rejects.toThrow('1 labels for the 4 triggers');
  await expect(applied({ ms_after: null })).rejects.toThrow('both be given');
  await expect(applied({ mode: 'median', artifacts: { z: [[1, 2, 3]] } })).rejects.toThrow('none of label "0"');
});
