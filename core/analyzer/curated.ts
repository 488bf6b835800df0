import type { MetricUnit } from '../metrics/metric.ts';
import { UserError } from '../shared/errors.ts';
import { mergedTrain, type UnitId } from '../shared/sorting.ts';
import type { Contents } from './contents.ts';
import { mainChannel } from './mainChannels.ts';
import type { Templates } from './templates.ts';

/** A unit as curation has it: the original units it is made of (one, unless it was merged). */
export interface UnionUnit {
  readonly unitId: UnitId;
  readonly from: readonly UnitId[];
}

/** Rows of the original units a union is made of. */
export function partsOf({ sorting, folder }: Contents, unit: UnionUnit): number[] {
  return partsAmong(sorting.unitIds, unit, (original) => {
    throw new UserError(`unit ${unit.unitId} is made of ${original}, which the analyzer in ${folder} does not have`, {
      path: folder,
      hint: 'Compute the analyzer again: the sorting has changed.',
    });
  });
}

/** Rows among `unitIds` of what a union is made of. */
export function partsAmong(
  unitIds: readonly UnitId[],
  { from }: UnionUnit,
  missing: (original: UnitId) => never,
): number[] {
  const rows = rowsById.get(unitIds) ?? new Map(unitIds.map((id, row) => [id, row]));
  rowsById.set(unitIds, rows);
  return from.map((original) => rows.get(original) ?? missing(original));
}

const rowsById = new WeakMap<readonly UnitId[], ReadonlyMap<UnitId, number>>();

/** The mean spike of a union, on the channels that any of its parts has. */
export interface UnionTemplate {
  readonly channels: Int32Array;
  /** Channel index; among `channels`. */
  readonly mainChannel: number;
  /** [samples][channels] */
  readonly average: Float32Array;
  readonly std: Float32Array;
}

/**
 * Means weighted by the spikes each part's template was made of, and the spread about the common mean. On a channel
 * that only some parts have, those alone count. `counts`: random spikes of every original unit.
 */
export function unionTemplate(
  contents: Contents,
  templates: Templates,
  counts: ArrayLike<number>,
  parts: readonly number[],
): UnionTemplate {
  const { samples, nbefore } = templates;
  const channels = unionChannels(contents, parts);
  const average = new Float32Array(samples * channels.length);
  const std = new Float32Array(samples * channels.length);
  const has = parts.map((unit) => new Set(contents.channelsOf[unit]));
  channels.forEach((channel, k) => {
    const known = parts.filter((_, i) => has[i]!.has(channel));
    const weights = known.map((unit) => Math.max(counts[unit]!, Number.EPSILON));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let s = 0; s < samples; s++) {
      let mean = 0;
      let squares = 0;
      known.forEach((unit, i) => {
        const at = (unit * samples + s) * templates.channels + channel;
        const value = templates.average[at]!;
        const spread = templates.std?.[at] ?? 0;
        mean += (weights[i]! / total) * value;
        squares += (weights[i]! / total) * (value * value + spread * spread);
      });
      average[s * channels.length + k] = mean;
      std[s * channels.length + k] = Math.sqrt(Math.max(0, squares - mean * mean));
    }
  });
  const main =
    parts.length === 1
      ? contents.mainChannels[parts[0]!]!
      : (channels[mainChannel(average, samples, channels.length, nbefore, contents.peakSign, contents.peakMode)] ?? 0);
  return { channels, mainChannel: main, average, std };
}

/** Channels that any of the parts has, ascending. */
function unionChannels({ channelsOf }: Contents, parts: readonly number[]): Int32Array {
  return Int32Array.from(new Set(parts.flatMap((unit) => Array.from(channelsOf[unit]!)))).sort();
}

/** What the metrics need of a union, from its parts'. `ofUnit`: of an original unit. */
export function unionMetricUnit(
  ofUnit: (unit: number) => MetricUnit,
  parts: readonly number[],
  template: UnionTemplate | undefined,
  nbefore: number,
  noiseLevels: ArrayLike<number> | undefined,
): MetricUnit {
  const own = parts.map(ofUnit);
  const first = own[0]!;
  if (own.length === 1) return first;
  const amplitudes = own.map((unit) => unit.amplitudes).filter((values) => values !== undefined);
  const noiseLevel = template && noiseLevels?.[template.mainChannel];
  return {
    samplingFrequency: first.samplingFrequency,
    numFrames: first.numFrames,
    trains: first.trains.map((_, segment) => mergedTrain(own.map((unit) => unit.trains[segment]!))),
    ...(first.peakSign && { peakSign: first.peakSign }),
    ...(template && { template: channelOf(template, template.mainChannel), nbefore }),
    ...(noiseLevel !== undefined && { noiseLevel }),
    ...(amplitudes.length === own.length && { amplitudes: joined(amplitudes) }),
  };
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

function channelOf({ channels, average }: UnionTemplate, channel: number): Float32Array {
  const k = channels.indexOf(channel);
  return Float32Array.from({ length: average.length / channels.length }, (_, s) => average[s * channels.length + k]!);
}

/** `most` of `count` things, evenly spread: ascending places. */
export function evenly(count: number, most: number): Int32Array {
  const shown = Math.min(count, Math.max(0, most));
  return Int32Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * count) / shown));
}
