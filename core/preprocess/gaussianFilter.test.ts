import { expect, test } from 'vitest';
import { parseParams } from '../shared/entry.ts';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { stepRecording } from '../shared/stepRecording.ts';
import { gaussianFilter } from './gaussianFilter.ts';

async function after(traces: Float32Array, given: object): Promise<Float32Array> {
  const parent = memoryRecording([traces], { channelIds: [0] });
  const params = parseParams(gaussianFilter, 'step', given);
  return stepRecording({ step: gaussianFilter, params }, parent).read(0, 0, traces.length);
}

/** Response at `hz`, by the middle of a long sine. */
async function response(hz: number, given: object): Promise<number> {
  const sine = Float32Array.from({ length: 6000 }, (_, f) => Math.sin((2 * Math.PI * hz * f) / 30_000));
  const squares = (await after(sine, given)).subarray(2000, 5000).reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(squares / 1500);
}

test('a corner is where the Gaussian is down to exp(-1/2)', async () => {
  const half = Math.exp(-0.5);
  expect(await response(3000, { freq_min: null, freq_max: 3000 })).toBeCloseTo(half, 3);
  expect(await response(300, { freq_max: null })).toBeCloseTo(1 - half, 3);
  expect(await response(1000, { freq_max: 3000 })).toBeCloseTo(Math.exp(-1 / 18) * (1 - Math.exp(-50 / 9)), 3);
});

test('a Gaussian of few samples is summed up, not drawn in frequency', async () => {
  const sigma = 30_000 / (2 * Math.PI * 5000);
  const taps = [-2, -1, 0, 1, 2, 3, -3, 4, -4, 5, -5, 6, -6].map(
    (i) => [i, Math.exp(-((i / sigma) ** 2) / 2)] as const,
  );
  const sum = taps.reduce((total, [i, tap]) => total + tap * Math.cos((2 * Math.PI * 12_000 * i) / 30_000), 0);
  const expected = sum / (sigma * Math.sqrt(2 * Math.PI));
  expect(await response(12_000, { freq_min: null })).toBeCloseTo(Math.abs(expected), 3);
});

test('the ends are mirrored: a slope does not jump', async () => {
  const flat = await after(new Float32Array(500).fill(70), { freq_min: null });
  for (const f of [0, 250, 499]) expect(flat[f]).toBeCloseTo(70, 3);
});

test('corners that cannot be are told', () => {
  const { info } = memoryRecording([new Float32Array(8)], { channelIds: [0] });
  const say = (given: object) => () => gaussianFilter.info(info, parseParams(gaussianFilter, 'step', given));
  expect(say({ freq_min: null, freq_max: null })).toThrow(
    'step "gaussian_filter": freq_min and freq_max are both empty',
  );
  expect(say({ freq_max: 16_000 })).toThrow('freq_max 16000 Hz is not below half the sampling frequency');
  expect(say({ freq_min: 4000, freq_max: 1000 })).toThrow('freq_min 4000 Hz is not below freq_max 1000 Hz');
  expect(say({ freq_max: null })().isFiltered).toBe(true);
});
