import { kernels } from '../compute/kernels.ts';
import { medianInPlace } from '../compute/rowMedians.ts';
import type { DetectionParams } from './badChannelParams.ts';
import { highFrequencyPower, type SpectrumPlan } from './highFrequencyPower.ts';

/** What one chunk tells of each channel: [channels], in channel order. */
export interface ChunkEvidence {
  /** Power at high frequencies, µV²/Hz. */
  readonly psdHf: Float64Array;
  /** Projection on the median of all channels: near 1 for a channel that hears what the probe hears. */
  readonly similarity: Float64Array;
  /** The same, median over the neighbours in depth. */
  readonly trend: Float64Array;
}

/**
 * International Brain Laboratory 2022, as SpikeInterface's detect_bad_channels_ibl. data: [frames][channels] µV, worked
 * in; order: channels from the bottom of the probe to its top.
 */
export function chunkEvidence(
  data: Float32Array,
  frames: number,
  order: Int32Array,
  neighbors: number,
  plan: SpectrumPlan,
): ChunkEvidence {
  const channels = order.length;
  subtractMeans(data, frames, channels);
  const psdHf = highFrequencyPower(data, frames, channels, plan);
  const reference = kernels().rowMedians(data, frames, channels);
  subtractMeans(reference, frames, 1);
  let energy = 0;
  const similarity = new Float64Array(channels);
  for (let f = 0; f < frames; f++) {
    const level = reference[f]!;
    energy += level * level;
    const at = f * channels;
    for (let c = 0; c < channels; c++) similarity[c]! += data[at + c]! * level;
  }
  for (let c = 0; c < channels; c++) similarity[c]! /= energy;
  return { psdHf, similarity, trend: runningMedian(similarity, order, neighbors) };
}

/** Labels as indices of badChannelLabels: 0 good, 1 dead, 2 noise, 3 out. The later ones win. */
export function chunkLabels(
  { psdHf, similarity, trend }: ChunkEvidence,
  order: Int32Array,
  params: DetectionParams,
): Uint8Array {
  const channels = order.length;
  const labels = new Uint8Array(channels);
  for (let c = 0; c < channels; c++) {
    const apart = similarity[c]! - trend[c]!;
    if (apart < params.dead_channel_threshold) labels[c] = 1;
    if (psdHf[c]! > params.psd_hf_threshold || apart > params.noisy_channel_threshold) labels[c] = 2;
  }
  const outside = (row: number) => trend[order[row]!]! < params.outside_channel_threshold + 1;
  const location = params.outside_channels_location;
  if (location !== 'bottom') for (let row = channels - 1; row >= 0 && outside(row); row--) labels[order[row]!] = 3;
  if (location !== 'top') for (let row = 0; row < channels && outside(row); row++) labels[order[row]!] = 3;
  return labels;
}

function subtractMeans(data: Float32Array, frames: number, channels: number): void {
  const means = new Float64Array(channels);
  for (let f = 0, i = 0; f < frames; f++) for (let c = 0; c < channels; c++, i++) means[c]! += data[i]!;
  for (let c = 0; c < channels; c++) means[c]! /= frames;
  for (let f = 0, i = 0; f < frames; f++) for (let c = 0; c < channels; c++, i++) data[i]! -= means[c]!;
}

/** Median over `size` channels around each, in the order of depth; fewer at the ends. */
function runningMedian(values: Float64Array, order: Int32Array, size: number): Float64Array {
  const reach = size >> 1;
  const sorted = Float64Array.from(order, (channel) => values[channel]!);
  const out = new Float64Array(values.length);
  order.forEach((channel, row) => {
    out[channel] = medianInPlace(sorted.slice(Math.max(0, row - reach), row + reach + 1));
  });
  return out;
}
