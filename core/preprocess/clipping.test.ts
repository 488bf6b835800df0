import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { findStep } from './index.ts';

const signal = new AbortController().signal;

async function frame(name: string, given: object, samples: readonly number[], dtype: 'int16' | 'float32' = 'float32') {
  const parent = memoryRecording([Float32Array.from(samples)], { channelIds: samples.map((_, i) => i), dtype });
  const step = findStep(name);
  const params = parseParams(step, 'step', given);
  const made = stepRecording({ step, params, fitted: await step.fit?.(parent, params, signal) }, parent);
  return [...(await made.read(0, 0, 1))];
}

test('clip: samples beyond a limit become it; whole numbers lose its fraction', async () => {
  const samples = [-200, -150, 0, 119, 500];
  expect(await frame('clip', { a_min: -150, a_max: 120 }, samples)).toEqual([-150, -150, 0, 119, 120]);
  expect(await frame('clip', { a_max: 3.7 }, samples, 'int16')).toEqual([-200, -150, 0, 3, 3]);
  expect(await frame('clip', {}, samples)).toEqual(samples);
  await expect(frame('clip', { a_min: 1, a_max: -1 }, samples)).rejects.toThrow('above a_max');
});

test('rectify: −32768 has no positive in int16', async () => {
  expect(await frame('rectify', {}, [-32_768, -3, 4], 'int16')).toEqual([32_767, 3, 4]);
});

test('blank_saturation: by a threshold or by a quantile, at one end or both; 0.101 spelled it otherwise', async () => {
  const samples = [-900, 1, 2, 3, 900];
  const fill = { fill_value: 0 };
  expect(await frame('blank_staturation', { abs_threshold: 900, ...fill }, samples)).toEqual([-900, 1, 2, 3, 0]);
  const lower = { abs_threshold: 900, direction: 'lower' };
  expect(await frame('blank_saturation', lower, samples)).toEqual([2, 1, 2, 3, 900]);
  const both = { quantile_threshold: 0.1, direction: 'both', ...fill };
  expect(await frame('blank_saturation', both, samples)).toEqual([0, 1, 2, 3, 0]);
  await expect(frame('blank_saturation', {}, samples)).rejects.toThrow('needs a threshold');
});
