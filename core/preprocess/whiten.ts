import { type PackedMatrix, packMatrix } from '../compute/affine.ts';
import { kernels } from '../compute/kernels.ts';
import { randomSlices } from '../compute/randomSlices.ts';
import { inSd } from '../compute/sdScale.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Slices, Step } from '../shared/lists.ts';
import type { DType, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelDistances } from './channelDistances.ts';
import { covariance } from './covariance.ts';
import { dtypeParam, outputType } from './outputType.ts';
import { estimators, regularizedCovariance } from './regularizedCovariance.ts';
import { whiteningMatrix } from './whiteningMatrix.ts';

const params = z.object({
  mode: z
    .enum(['global', 'local'])
    .default('global')
    .describe(
      'global: every channel is freed of what it shares with all others. local: only with its neighbours; for probes of more than about 64 channels, where it is faster and steadier.',
    )
    .meta({ title: 'Mode' }),
  radius_um: z
    .number()
    .positive()
    .default(100)
    .describe('For "local": how far neighbours reach. Usually 100 to 150: as far as one spike is seen.')
    .meta({ title: 'Radius', unit: 'µm' }),
  apply_mean: z
    .boolean()
    .default(false)
    .describe("Subtract each channel's mean first. Not needed after a filter.")
    .meta({ title: 'Subtract the mean', advanced: true }),
  regularize: z
    .boolean()
    .default(false)
    .describe(
      'Estimate the covariance by a method that distrusts small correlations: for short recordings with many channels. Needs apply_mean. Usually off.',
    )
    .meta({ title: 'Regularize', advanced: true }),
  regularize_kwargs: estimators
    .nullable()
    .default(null)
    .describe(
      'Which method of scikit-learn, with its parameters: GraphicalLassoCV (the default; slow beyond 100 channels), GraphicalLasso, LedoitWolf, OAS, ShrunkCovariance, EmpiricalCovariance.',
    )
    .meta({ title: 'Method', advanced: true }),
  int_scale: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('For whole numbers: one standard deviation becomes this many units, usually 200.')
    .meta({ title: 'Scale of whole numbers', advanced: true }),
  eps: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('Added to the variances so that silent channels are not blown up. Empty: chosen from the data.')
    .meta({ title: 'Least variance', advanced: true }),
  W: z
    .array(z.array(z.number()))
    .nullable()
    .default(null)
    .describe(
      'A whitening matrix that is known already, [channels in][channels out]. Usually empty: learnt from the recording.',
    )
    .meta({ title: 'Matrix', advanced: true }),
  M: z
    .union([z.array(z.number()), z.array(z.array(z.number())).length(1)])
    .nullable()
    .default(null)
    .describe('With a matrix that is known: the mean of each channel, if it is to be subtracted. Usually empty.')
    .meta({ title: 'Means', advanced: true }),
  num_chunks_per_segment: z
    .int()
    .min(1)
    .default(20)
    .describe('How many pieces of the recording the matrix is learnt from.')
    .meta({ title: 'Pieces', advanced: true }),
  chunk_duration: z
    .string()
    .default('500ms')
    .describe('How long each piece is, like "500ms" or "1s". Usually 500ms.')
    .meta({ title: 'Length of a piece', advanced: true }),
  chunk_size: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('How long each piece is, in frames, instead of the duration. Usually empty.')
    .meta({ title: 'Length of a piece', unit: 'frames', advanced: true }),
  seed: z
    .int()
    .min(0)
    .nullable()
    .default(0)
    .describe('Which random pieces: the same number gives the same result.')
    .meta({ title: 'Seed', advanced: true }),
  dtype: dtypeParam,
});

const fitted = z.object({ W: z.array(z.array(z.number())), M: z.array(z.number()).optional() });

interface Prepared {
  readonly matrix: PackedMatrix;
  readonly whole: WholeRange | undefined;
}

type Params = z.output<typeof params>;

/** A matrix that was given must fit the recording. */
function checkGiven(parent: RecordingInfo, { W, M, regularize, apply_mean }: Params): void {
  const channels = parent.channelIds.length;
  if (regularize && !apply_mean)
    throw new UserError('step "whiten": regularize needs apply_mean', { hint: 'Set apply_mean to true.' });
  if (W && (W.length !== channels || W.some((row) => row.length !== channels)))
    throw new UserError(`step "whiten": W is not a matrix of ${channels} by ${channels}, the recording's channels`, {
      hint: 'Leave W empty to learn it from this recording.',
    });
  if (M && !W) throw new UserError('step "whiten": M is given without W', { hint: 'Leave M empty, or give W too.' });
  if (M && M.flat().length !== channels)
    throw new UserError(`step "whiten": M has ${M.flat().length} numbers, the recording ${channels} channels`, {
      hint: 'One number a channel is right.',
    });
}

function slicesOf(parent: RecordingInfo, params: Params): Slices {
  const { num_chunks_per_segment, chunk_duration, chunk_size, seed } = params;
  const size = chunk_size === null ? {} : { chunk_size };
  return randomSlices(parent, { num_chunks_per_segment, chunk_duration, seed: seed ?? 0, ...size });
}

/** Whole numbers need a scale: without one the result is float32, where SpikeInterface refuses. */
function typeOf(parent: RecordingInfo, { dtype, int_scale }: Params): DType {
  if (dtype === null && int_scale === null && wholeRange(parent.dtype)) return 'float32';
  const type = outputType('whiten', parent, dtype);
  if (wholeRange(type) && int_scale === null)
    throw new UserError(`step "whiten": standard deviations in whole numbers (${type}) need int_scale`, {
      hint: 'Set int_scale to 200, or dtype to "float32".',
    });
  return type;
}

/** As SpikeInterface's whiten: traces · W, with W = covariance^(-1/2) (ZCA; Kessy et al. 2018) from random chunks. */
export const whiten: Step<typeof params, Prepared> = {
  name: 'whiten',
  label: 'Whiten',
  help: 'Makes the noise of all channels equally strong and independent, so that a spike small on a quiet channel counts as much as one large on a noisy channel. Some sorters want it, others do it themselves. Afterwards traces are in standard deviations (SD), not µV.',
  params,
  info(parent, params) {
    checkGiven(parent, params);
    if (params.mode === 'local') channelDistances('whiten', parent);
    return { ...inSd(parent, params.int_scale ?? 1), dtype: typeOf(parent, params) };
  },
  margin: () => 0,

  async fit(parent, params, signal, slices = slicesOf(parent.info, params)): Promise<Readonly<Record<string, Json>>> {
    if (params.W) return { W: params.W, ...(params.M && { M: params.M.flat() }) };
    const plain = await covariance(parent, slices, params.apply_mean, signal);
    const estimator =
      params.regularize && (params.regularize_kwargs ?? estimators.parse({ method: 'GraphicalLassoCV' }));
    const learnt = estimator
      ? { ...plain, matrix: await regularizedCovariance(parent, slices, plain, estimator, signal) }
      : plain;
    const distances = params.mode === 'local' ? channelDistances('whiten', parent.info) : undefined;
    const near = distances && { distances, radiusUm: params.radius_um };
    const W = whiteningMatrix(learnt, params.eps ?? undefined, near);
    return { W: rows(W, learnt.channels), ...(learnt.mean && { M: [...learnt.mean].map(short) }) };
  },

  prepare(parent, params, given) {
    const result = fitted.safeParse(given);
    const channels = parent.channelIds.length;
    if (!result.success || result.data.W.length !== channels || result.data.W.some((row) => row.length !== channels))
      throw new Error('whiten: its matrix has not been learnt from this recording yet');
    const { W, M } = result.data;
    const scale = params.int_scale ?? 1;
    const weights = Float64Array.from(W.flat(), (weight) => weight * scale);
    const bias = new Float64Array(channels);
    M?.forEach((mean, k) => {
      for (let c = 0; c < channels; c++) bias[c]! -= mean * weights[k * channels + c]!;
    });
    return { matrix: packMatrix(weights, bias), whole: wholeRange(typeOf(parent, params)) };
  },

  apply(data, frames, { matrix, whole }) {
    kernels().affine(data, frames, matrix, whole);
    return data;
  },
};

function rows(matrix: Float64Array, columns: number): number[][] {
  return Array.from({ length: matrix.length / columns }, (_, r) =>
    Array.from(matrix.subarray(r * columns, (r + 1) * columns), short),
  );
}

/** Nine digits: all that float32 holds, and half the length in a file. */
function short(value: number): number {
  return Number(value.toPrecision(9));
}
