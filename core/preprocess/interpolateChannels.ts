import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { ChannelId, RecordingInfo } from '../shared/recording.ts';
import { channelDistances } from './channelDistances.ts';
import { channelIndices } from './channelIndices.ts';
import { krigingWeights, usualSpacing } from './krigingWeights.ts';

/** Good channels that make a bad one, and how much of each. */
export interface Interpolation {
  readonly channels: number;
  readonly bad: Int32Array;
  /** [bad + 1]: where each begins in `from` and `weights`. */
  readonly starts: Int32Array;
  readonly from: Int32Array;
  readonly weights: Float64Array;
  readonly whole: WholeRange | undefined;
}

export interface InterpolationParams {
  readonly sigma_um: number | null;
  readonly p: number;
  /** [good][bad]; null: from the distances. */
  readonly weights: readonly (readonly number[])[] | null;
}

export function checkInterpolation(
  step: string,
  info: RecordingInfo,
  ids: readonly ChannelId[],
  params: InterpolationParams,
): void {
  const bad = new Set(channelIndices(step, 'bad_channel_ids', info, ids));
  const good = info.channelIds.length - bad.size;
  channelDistances(step, info);
  const units = info.probe?.probes.find((probe) => probe.si_units !== 'um')?.si_units;
  if (units) throw new UserError(`step "${step}": the probe's positions are in ${units}, not in µm ("um")`);
  if (bad.size === 0) return;
  if (good === 0) throw new UserError(`step "${step}": all channels are bad, there are none to make them from`);
  if (params.sigma_um === null && params.weights === null) usualSpacing(step, info);
  const { weights } = params;
  if (weights && (weights.length !== good || weights.some((row) => row.length !== ids.length)))
    throw new UserError(
      `step "${step}", weights: ${weights.length} rows of ${weights[0]?.length ?? 0}, not one row of ${ids.length} for each of the ${good} good channels`,
    );
}

export function prepareInterpolation(
  step: string,
  info: RecordingInfo,
  ids: readonly ChannelId[],
  params: InterpolationParams,
): Interpolation {
  const channels = info.channelIds.length;
  const bad = Int32Array.from(channelIndices(step, 'bad_channel_ids', info, ids));
  const isBad = new Set(bad);
  const good = Int32Array.from(info.channelIds.keys()).filter((c) => !isBad.has(c));
  const made = bad.length === 0 ? new Float64Array() : (given(params) ?? spaced(step, info, good, bad, params));
  const starts = new Int32Array(bad.length + 1);
  const from: number[] = [];
  const weights: number[] = [];
  bad.forEach((_, column) => {
    good.forEach((channel, row) => {
      const weight = made[row * bad.length + column]!;
      if (weight === 0) return;
      from.push(channel);
      weights.push(weight);
    });
    starts[column + 1] = from.length;
  });
  return {
    channels,
    bad,
    starts,
    from: Int32Array.from(from),
    weights: Float64Array.from(weights),
    whole: wholeRange(info.dtype),
  };
}

const given = ({ weights }: InterpolationParams) => weights && Float64Array.from(weights.flat());

function spaced(step: string, info: RecordingInfo, good: Int32Array, bad: Int32Array, params: InterpolationParams) {
  const sigma = params.sigma_um ?? usualSpacing(step, info);
  return krigingWeights(channelDistances(step, info), info.channelIds.length, good, bad, sigma, params.p);
}

/** In place; whole numbers lose their fraction, as SpikeInterface assigns them. data: [frames][channels] */
export function interpolateChannels(data: Float32Array, frames: number, prepared: Interpolation): Float32Array {
  const { channels, bad, starts, from, weights, whole } = prepared;
  for (let f = 0; f < frames; f++) {
    const at = f * channels;
    for (let b = 0; b < bad.length; b++) {
      let sum = 0;
      for (let k = starts[b]!; k < starts[b + 1]!; k++) sum += data[at + from[k]!]! * weights[k]!;
      data[at + bad[b]!] = whole ? Math.min(whole.high, Math.max(whole.low, Math.trunc(sum))) : sum;
    }
  }
  return data;
}
