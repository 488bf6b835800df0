import { UserError } from '../shared/errors.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';

/** Weights below this are 0, before and after they are made to add up to 1. */
const LEAST = 0.005;

/**
 * Weights that make bad channels out of good ones, exp(-(distance / sigma)^p) of their contacts: [good][bad]. As
 * SpikeInterface's get_kriging_channel_weights (International Brain Laboratory 2022); 0 where no good channel is near.
 */
export function krigingWeights(
  distances: Float64Array,
  channels: number,
  good: Int32Array,
  bad: Int32Array,
  sigmaUm: number,
  p: number,
): Float64Array {
  const weights = new Float64Array(good.length * bad.length);
  bad.forEach((b, column) => {
    let sum = 0;
    good.forEach((g, row) => {
      const weight = Math.exp(-((distances[g * channels + b]! / sigmaUm) ** p));
      if (weight < LEAST) return;
      weights[row * bad.length + column] = weight;
      sum += weight;
    });
    for (let i = column; i < weights.length; i += bad.length) {
      const weight = weights[i]! / sum;
      weights[i] = weight >= LEAST ? weight : 0;
    }
  });
  return weights;
}

/** The most common distance in depth between neighbouring contacts, µm: what sigma_um is if it is not told. */
export function usualSpacing(step: string, info: RecordingInfo): number {
  const layout = info.probe && channelLayout(info.probe, info.channelIds.length);
  const depths = [...new Set(layout?.y)].sort((a, b) => a - b);
  const counts = new Map<number, number>();
  for (let i = 1; i < depths.length; i++) {
    const gap = depths[i]! - depths[i - 1]!;
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  const [usual] = [...counts].sort(([a, times], [b, otherTimes]) => otherTimes - times || a - b);
  if (usual) return usual[0];
  throw new UserError(`step "${step}", sigma_um: all channels lie at one depth, so the spacing cannot be told`, {
    hint: 'Set sigma_um to the distance between neighbouring contacts, in µm.',
  });
}
