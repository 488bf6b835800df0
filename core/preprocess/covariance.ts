import { kernels } from '../compute/kernels.ts';
import { abortError, UserError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';

export interface Covariance {
  readonly channels: number;
  /** [channels][channels]: mean of x xᵀ, around the mean if there is one, else around 0. */
  readonly matrix: Float64Array;
  readonly mean?: Float64Array;
  /** Median of all squared samples: tells traces in volts from those in µV. Good to half a percent. */
  readonly medianSquare: number;
}

/** Covariance of the channels over `slices`. */
export async function covariance(
  recording: Recording,
  slices: Slices,
  aroundMean: boolean,
  signal: AbortSignal,
): Promise<Covariance> {
  const channels = recording.info.channelIds.length;
  const matrix = new Float64Array(channels * channels);
  const shifted = new Float64Array(channels);
  const squares = new Uint32Array(2 ** 16);
  let shift: Float64Array | undefined;
  let frames = 0;
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, startFrame, endFrame);
    const count = endFrame - startFrame;
    if (aroundMean) {
      // Sums around a point near the mean: around 0 a large mean would swallow the digits of the variance.
      shift ??= means(data, count, channels);
      for (let i = 0; i < data.length; i++) data[i]! -= shift[i % channels]!;
    }
    for (let i = 0; i < data.length; i++) shifted[i % channels]! += data[i]!;
    kernels().gram(data, count, channels, matrix);
    countSquares(data, squares);
    frames += count;
  }
  if (frames === 0) throw new UserError('step "whiten": the recording has no frames to learn from');
  for (let i = 0; i < matrix.length; i++) matrix[i]! /= frames;
  if (!matrix.every(Number.isFinite))
    throw new UserError('step "whiten": the traces hold NaN or infinite samples', {
      hint: 'Look for them in the raw recording; a damaged file must be repaired first.',
    });
  const medianSquare = medianOf(squares);
  if (!shift) return { channels, matrix, medianSquare };
  const rest = shifted.map((sum) => sum / frames);
  for (let i = 0; i < channels; i++)
    for (let j = 0; j < channels; j++) matrix[i * channels + j]! -= rest[i]! * rest[j]!;
  return { channels, matrix, medianSquare, mean: shift.map((point, c) => point + rest[c]!) };
}

function means(data: Float32Array, frames: number, channels: number): Float64Array {
  const sum = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) sum[i % channels]! += data[i]!;
  return sum.map((total) => total / frames);
}

/** Counts by the upper half of the float's bits: bins half a percent wide, from 1e-38 to 1e38. */
function countSquares(data: Float32Array, counts: Uint32Array): void {
  const squares = new Float32Array(Math.min(data.length, 8192));
  const bits = new Uint32Array(squares.buffer);
  for (let start = 0; start < data.length; start += squares.length) {
    const end = Math.min(data.length, start + squares.length);
    for (let i = start; i < end; i++) squares[i - start] = data[i]! * data[i]!;
    for (let i = 0; i < end - start; i++) counts[bits[i]! >>> 16]!++;
  }
}

function medianOf(counts: Uint32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let below = 0;
  const bin = counts.findIndex((count) => {
    below += count;
    return below >= half;
  });
  return new Float32Array(Uint32Array.of((bin << 16) | 0x8000).buffer)[0]!;
}
