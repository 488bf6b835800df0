import { expect, test } from 'vitest';
import { memoryRecording } from '../shared/memoryRecording.ts';
import { random } from '../shared/random.ts';
import { covariance } from './covariance.ts';
import { graphicalLasso } from './graphicalLasso.ts';
import { estimators, regularizedCovariance } from './regularizedCovariance.ts';

const CHANNELS = 5;
const signal = new AbortController().signal;

/** A chain: each channel shares noise with the next, none with the one after. */
function chained(frames: number) {
  const r = random(2);
  const traces = new Float32Array(frames * CHANNELS);
  for (let f = 0; f < frames; f++) {
    let before = 0;
    for (let c = 0; c < CHANNELS; c++) {
      before = 0.7 * before + r.gaussian();
      traces[f * CHANNELS + c] = 50 + 10 * before;
    }
  }
  return memoryRecording([traces], { channelIds: [0, 1, 2, 3, 4] });
}

async function estimated(frames: number, given: object): Promise<{ plain: Float64Array; made: Float64Array }> {
  const recording = chained(frames);
  const slices = [
    [0, 0, Math.floor(frames / 3)],
    [0, Math.floor(frames / 3), frames],
  ] as const;
  const learnt = await covariance(recording, slices, true, signal);
  const made = await regularizedCovariance(recording, slices, learnt, estimators.parse(given), signal);
  return { plain: learnt.matrix, made };
}

/** How much of the covariances is gone, and of the variances' sum. */
function left(plain: Float64Array, made: Float64Array): [off: number, diagonal: number] {
  const of = (matrix: Float64Array, diagonal: boolean) =>
    matrix.reduce((sum, x, i) => ((i % (CHANNELS + 1) === 0) === diagonal ? sum + x : sum), 0);
  return [of(made, false) / of(plain, false), of(made, true) / of(plain, true)];
}

test('shrinking takes the same part of every covariance and keeps the sum of variances', async () => {
  const { plain, made } = await estimated(500, { method: 'ShrunkCovariance', shrinkage: 0.25 });
  expect(left(plain, made)).toEqual([expect.closeTo(0.75, 10), expect.closeTo(1, 10)]);
  expect((await estimated(500, { method: 'EmpiricalCovariance' })).made).toEqual(plain);
});

test.each(['LedoitWolf', 'OAS'])(
  '%s shrinks much where there are few frames, hardly where there are many',
  async (method) => {
    const few = await estimated(20, { method });
    const many = await estimated(20_000, { method });
    expect(left(few.plain, few.made)[0]).toBeLessThan(0.95);
    expect(left(few.plain, few.made)[0]).toBeGreaterThan(0.3);
    expect(left(many.plain, many.made)[0]).toBeGreaterThan(0.995);
    expect(left(few.plain, few.made)[1]).toBeCloseTo(1, 10);
  },
);

test('the graphical lasso keeps variances, and its precision is that of its covariance', async () => {
  const { plain } = await estimated(2000, { method: 'EmpiricalCovariance' });
  const options = { tol: 1e-6, enet_tol: 1e-6, max_iter: 200 };
  const { covariance: matrix, precision } = graphicalLasso(plain, CHANNELS, 20, options)!;
  for (let i = 0; i < CHANNELS; i++)
    for (let j = 0; j < CHANNELS; j++) {
      const at = i * CHANNELS + j;
      // The conditions of the optimum: variances stay, covariances are off by the penalty at most.
      expect(Math.abs(matrix[at]! - plain[at]!)).toBeLessThan(i === j ? 1e-9 : 20.01);
      let product = 0;
      for (let k = 0; k < CHANNELS; k++) product += matrix[i * CHANNELS + k]! * precision[k * CHANNELS + j]!;
      expect(product).toBeCloseTo(i === j ? 1 : 0, 3);
    }
  // Channels 0 and 2 share nothing but channel 1.
  expect(Math.abs(precision[2]!)).toBeLessThan(Math.abs(precision[1]!) / 5);
  expect(Math.abs(precision[1]!)).toBeGreaterThan(1e-3);
});

test('cross-validation finds a small penalty where frames are many', async () => {
  const { plain, made } = await estimated(5000, { method: 'GraphicalLassoCV' });
  expect(left(plain, made)[0]).toBeGreaterThan(0.9);
  expect(left(plain, made)[1]).toBeCloseTo(1, 6);
});

test('unknown methods and parameters are refused', () => {
  expect(estimators.safeParse({ method: 'MinCovDet' }).success).toBe(false);
  expect(estimators.safeParse({ method: 'OAS', alpha: 1 }).success).toBe(false);
  expect(estimators.safeParse({ method: 'OAS', assume_centered: false }).success).toBe(false);
});
