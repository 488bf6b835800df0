import { kernels } from '../compute/kernels.ts';
import { abortError, UserError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import type { Covariance } from './covariance.ts';
import { graphicalLasso, type LassoOptions, logLikelihood } from './graphicalLasso.ts';

const lasso = {
  mode: z.literal('cd').default('cd'),
  tol: z.number().positive().default(1e-4),
  enet_tol: z.number().positive().default(1e-4),
  max_iter: z.int().min(1).default(100),
};
const centered = { assume_centered: z.literal(true).default(true), store_precision: z.boolean().default(true) };

/** scikit-learn's estimators of a covariance, with its names and defaults. */
export const estimators = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('GraphicalLassoCV'),
    alphas: z.union([z.int().min(2), z.array(z.number().positive()).min(2)]).default(4),
    n_refinements: z.int().min(1).default(4),
    cv: z.int().min(2).nullable().default(5),
    ...lasso,
    ...centered,
  }),
  z.strictObject({
    method: z.literal('GraphicalLasso'),
    alpha: z.number().min(0).default(0.01),
    ...lasso,
    ...centered,
  }),
  z.strictObject({ method: z.literal('LedoitWolf'), block_size: z.int().min(1).default(1000), ...centered }),
  z.strictObject({ method: z.literal('OAS'), ...centered }),
  z.strictObject({
    method: z.literal('ShrunkCovariance'),
    shrinkage: z.number().min(0).max(1).default(0.1),
    ...centered,
  }),
  z.strictObject({ method: z.literal('EmpiricalCovariance'), ...centered }),
]);

type Estimator = z.output<typeof estimators>;
type CrossValidated = Extract<Estimator, { method: 'GraphicalLassoCV' }>;

/** `learnt` (around its mean) made steadier, over the same `slices`. [channels][channels] */
export async function regularizedCovariance(
  recording: Recording,
  slices: Slices,
  learnt: Covariance,
  estimator: Estimator,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { matrix, channels } = learnt;
  const frames = slices.reduce((sum, [, start, end]) => sum + end - start, 0);
  switch (estimator.method) {
    case 'EmpiricalCovariance':
      return matrix;
    case 'ShrunkCovariance':
      return shrunk(matrix, channels, estimator.shrinkage);
    case 'OAS':
      return shrunk(matrix, channels, approximatingShrinkage(matrix, channels, frames));
    case 'LedoitWolf': {
      const fourth = await fourthMoment(recording, slices, learnt, signal);
      return shrunk(matrix, channels, ledoitWolfShrinkage(matrix, channels, frames, fourth));
    }
    case 'GraphicalLasso':
      return solved(matrix, channels, estimator.alpha, estimator);
    case 'GraphicalLassoCV': {
      const folds = await foldMoments(recording, slices, frames, learnt, estimator.cv ?? 5, signal);
      return solved(matrix, channels, bestPenalty(folds, matrix, channels, estimator, signal), estimator);
    }
  }
}

function solved(matrix: Float64Array, channels: number, alpha: number, options: LassoOptions): Float64Array {
  const result = graphicalLasso(matrix, channels, alpha, options);
  if (result) return result.covariance;
  throw new UserError('step "whiten", regularize: the channels are too alike for the graphical lasso', {
    hint: 'Set regularize_kwargs to {"method": "LedoitWolf"}, or leave out channels that are copies of others.',
  });
}

/** Drawn towards equal variances without covariances. */
function shrunk(matrix: Float64Array, channels: number, shrinkage: number): Float64Array {
  const mean = trace(matrix, channels) / channels;
  return matrix.map((value, i) => (1 - shrinkage) * value + (i % (channels + 1) === 0 ? shrinkage * mean : 0));
}

function trace(matrix: Float64Array, channels: number): number {
  return matrix.reduce((sum, value, i) => (i % (channels + 1) === 0 ? sum + value : sum), 0);
}

function squares(matrix: Float64Array): number {
  return matrix.reduce((sum, value) => sum + value * value, 0);
}

/** Chen, Wiesel, Eldar & Hero 2010, eq. 23, without its 2 / channels, as scikit-learn has it. */
function approximatingShrinkage(matrix: Float64Array, channels: number, frames: number): number {
  const power = squares(matrix) / matrix.length;
  const mean = (trace(matrix, channels) / channels) ** 2;
  const below = (frames + 1) * (power - mean / channels);
  return below === 0 ? 1 : Math.min((power + mean) / below, 1);
}

/** Ledoit & Wolf 2004. `fourth`: Σ over frames of |x|⁴. */
function ledoitWolfShrinkage(matrix: Float64Array, channels: number, frames: number, fourth: number): number {
  const mean = trace(matrix, channels) / channels;
  const power = squares(matrix);
  const spread = (power - channels * mean * mean) / channels;
  const error = Math.min((fourth / frames - power) / (channels * frames), spread);
  return error === 0 ? 0 : error / spread;
}

async function fourthMoment(recording: Recording, slices: Slices, learnt: Covariance, signal: AbortSignal) {
  const { channels, mean } = learnt;
  let sum = 0;
  for (const [segment, start, end] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, start, end);
    for (let f = 0; f < end - start; f++) {
      let square = 0;
      for (let c = 0; c < channels; c++) square += (data[f * channels + c]! - (mean?.[c] ?? 0)) ** 2;
      sum += square * square;
    }
  }
  return sum;
}

/** Sums over one contiguous part of the frames, around the mean of all. */
interface Moments {
  frames: number;
  readonly sum: Float64Array;
  readonly products: Float64Array;
}

async function foldMoments(
  recording: Recording,
  slices: Slices,
  frames: number,
  { channels, mean }: Covariance,
  count: number,
  signal: AbortSignal,
): Promise<Moments[]> {
  const folds = Array.from(
    { length: count },
    (): Moments => ({
      frames: 0,
      sum: new Float64Array(channels),
      products: new Float64Array(channels * channels),
    }),
  );
  const sizes = folds.map((_, i) => Math.floor(frames / count) + (i < frames % count ? 1 : 0));
  let fold = 0;
  for (const [segment, start, end] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, start, end);
    for (let i = 0; i < data.length; i++) data[i]! -= mean?.[i % channels] ?? 0;
    for (let from = 0; from < end - start; ) {
      while (folds[fold]!.frames === sizes[fold]) fold++;
      const into = folds[fold]!;
      const used = Math.min(end - start - from, sizes[fold]! - into.frames);
      const part = data.slice(from * channels, (from + used) * channels);
      for (let i = 0; i < part.length; i++) into.sum[i % channels]! += part[i]!;
      kernels().gram(part, used, channels, into.products);
      into.frames += used;
      from += used;
    }
  }
  return folds;
}

/** Covariance of some folds together, around their own mean. */
function covarianceOf(folds: readonly Moments[], channels: number): Float64Array {
  const frames = folds.reduce((sum, fold) => sum + fold.frames, 0);
  const mean = Float64Array.from({ length: channels }, (_, c) => folds.reduce((sum, f) => sum + f.sum[c]!, 0) / frames);
  return Float64Array.from({ length: channels * channels }, (_, i) => {
    const product = folds.reduce((sum, fold) => sum + fold.products[i]!, 0) / frames;
    return product - mean[Math.floor(i / channels)]! * mean[i % channels]!;
  });
}

/** The penalty under which the left-out folds are likeliest: a coarse grid, refined around its best. */
function bestPenalty(
  folds: readonly Moments[],
  matrix: Float64Array,
  channels: number,
  estimator: CrossValidated,
  signal: AbortSignal,
): number {
  const parts = folds.map((fold) => ({
    train: covarianceOf(
      folds.filter((other) => other !== fold),
      channels,
    ),
    test: covarianceOf([fold], channels),
  }));
  const options = { ...estimator, max_iter: Math.floor(0.1 * estimator.max_iter) };
  const scoresOf = (alphas: readonly number[]) => {
    const sums = alphas.map(() => 0);
    for (const { train, test } of parts) {
      let start = train;
      for (const [i, alpha] of alphas.entries()) {
        if (signal.aborted) throw abortError();
        const found = graphicalLasso(train, channels, alpha, options, start);
        if (found) start = found.covariance;
        const score = found ? logLikelihood(test, found.precision, channels) : Number.NEGATIVE_INFINITY;
        sums[i]! += Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score / parts.length;
      }
    }
    return alphas.map((alpha, i) => ({ alpha, score: sums[i]! }));
  };
  const given = estimator.alphas;
  const most = matrix.reduce((max, value, i) => (i % (channels + 1) === 0 ? max : Math.max(max, Math.abs(value))), 0);
  let alphas = typeof given === 'number' ? between(most, 0.01 * most, given) : given;
  const rounds = typeof given === 'number' ? estimator.n_refinements : 1;
  let path: { readonly alpha: number; readonly score: number }[] = [];
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    path = [...path, ...scoresOf(alphas)].sort((a, b) => b.alpha - a.alpha);
    let bestScore = Number.NEGATIVE_INFINITY;
    let lastFinite = 0;
    for (const [i, { score }] of path.entries()) {
      if (Number.isFinite(score)) lastFinite = i;
      if (score >= bestScore) [bestScore, best] = [score, i];
    }
    const at = (i: number) => path[i]!.alpha;
    const last = path.length - 1;
    const [high, low] =
      best === 0
        ? [at(0), at(1)]
        : best === last
          ? [at(best), 0.01 * at(best)]
          : [best === lastFinite ? at(best) : at(best - 1), at(best + 1)];
    if (typeof given === 'number') alphas = between(high, low, given + 2).slice(1, -1);
  }
  return path[best]!.alpha;
}

/** `count` numbers from `high` to `low` by equal factors. */
function between(high: number, low: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => high * (low / high) ** (i / (count - 1)));
}
