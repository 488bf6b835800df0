import { abortError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';
import { medianInPlace } from './rowMedians.ts';

/** mad: median distance to the median, robust against spikes; std: around the mean; rms: around 0. */
export type NoiseMethod = 'mad' | 'std' | 'rms';

/** Third quartile of the normal distribution: MAD / this = standard deviation of Gaussian noise. */
export const MAD_OF_NORMAL = 0.6744897501960817;

/**
 * Noise level of each channel, as SpikeInterface's get_noise_levels: the mean over the chunks of each chunk's level.
 * In µV where `inUv` (the recording must have gains), else in raw units. NaN where there are no chunks.
 */
export async function noiseLevels(
  recording: Recording,
  slices: Slices,
  options: { readonly method?: NoiseMethod; readonly inUv?: boolean } = {},
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { method = 'mad', inUv = false } = options;
  const channels = recording.info.channelIds.length;
  const sum = new Float64Array(channels);
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal?.aborted) throw abortError();
    const data = await recording.read(segment, startFrame, endFrame);
    if (inUv) toUv(data, recording);
    const levels = chunkNoise(data, endFrame - startFrame, channels, method);
    for (let c = 0; c < channels; c++) sum[c]! += levels[c]!;
  }
  return sum.map((total) => total / slices.length);
}

/** Noise level of each channel in one chunk. data: [frames][channels]. */
function chunkNoise(data: Float32Array, frames: number, channels: number, method: NoiseMethod): Float64Array {
  const level = { mad, std, rms }[method];
  const column = new Float32Array(frames);
  return Float64Array.from({ length: channels }, (_, c) => {
    for (let f = 0; f < frames; f++) column[f] = data[f * channels + c]!;
    return level(column);
  });
}

/** Reorders and overwrites `values`. */
function mad(values: Float32Array): number {
  const median = medianInPlace(values);
  for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i]! - median);
  return medianInPlace(values) / MAD_OF_NORMAL;
}

function std(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

function rms(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares / values.length);
}

function toUv(data: Float32Array, { info }: Recording): void {
  const { gainToUv, offsetToUv, channelIds } = info;
  if (!gainToUv) throw new Error('noise levels in µV of a recording without gains');
  const channels = channelIds.length;
  for (let i = 0; i < data.length; i++) {
    const c = i % channels;
    data[i] = data[i]! * gainToUv[c]! + (offsetToUv?.[c] ?? 0);
  }
}
