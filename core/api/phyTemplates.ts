import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Sorting } from '../shared/sorting.ts';
import { type NumericArray, readNumbers } from '../store/npy.ts';

interface MeanTemplate {
  /** Channels on which it is not nothing, ascending. */
  readonly channels: Int32Array;
  readonly extremumChannel: number;
  /** [samples][channels] */
  readonly template: Float32Array;
}

/** Templates of a phy or Kilosort folder, a mean for each unit. */
export interface SortedTemplates {
  readonly samples: number;
  readonly nbefore: number;
  /** Of several units together, weighted by their spikes. */
  mean(units: readonly number[], counts: ArrayLike<number>): MeanTemplate;
  /** µm; 0, 0 where the folder does not say. */
  position(channel: number): readonly [number, number];
}

/** Below this share of the largest channel a template is nothing: Kilosort writes all channels. */
const LEAST = 0.05;

/**
 * templates.npy (dense, or on the channels of template_ind.npy), unwhitened by whitening_mat_inv.npy, averaged over
 * the spikes of each unit by their spike_templates.
 */
export async function phyTemplates(folder: string, sorting: Sorting): Promise<SortedTemplates> {
  const at = (name: string) => join(folder, name);
  const stored = await readNumbers(at('templates.npy'));
  const [count = 0, samples = 0, width = 0] = stored.shape;
  const positions = existsSync(at('channel_positions.npy'))
    ? (await readNumbers(at('channel_positions.npy'))).data
    : undefined;
  const ind = existsSync(at('template_ind.npy')) ? (await readNumbers(at('template_ind.npy'))).data : undefined;
  const channels = positions ? positions.length / 2 : width;
  const inverse = existsSync(at('whitening_mat_inv.npy'))
    ? (await readNumbers(at('whitening_mat_inv.npy'))).data
    : undefined;
  const unwhiten = inverse && inverse.length === channels * channels ? inverse : undefined;
  const weights = await templateCounts(at('spike_templates.npy'), sorting, count);
  const size = samples * channels;

  const dense = (template: number): Float32Array => {
    const spread = new Float32Array(size);
    for (let k = 0; k < width; k++) {
      const channel = ind ? ind[template * width + k]! : k;
      if (channel < 0 || channel >= channels) continue;
      for (let s = 0; s < samples; s++)
        spread[s * channels + channel] = stored.data[(template * samples + s) * width + k]!;
    }
    return unwhiten ? product(spread, unwhiten, samples, channels) : spread;
  };
  const ofUnit = (unit: number): Float32Array => {
    const own = weights[unit]!;
    const total = [...own.values()].reduce((sum, n) => sum + n, 0);
    const mean = new Float32Array(size);
    for (const [template, n] of own) add(mean, dense(template), n / total);
    return mean;
  };
  const peak = peakSample(stored.data, count, samples, width);
  return {
    samples,
    nbefore: peak,
    mean(units, counts) {
      const total = units.reduce((sum, unit) => sum + counts[unit]!, 0);
      const mean = new Float32Array(size);
      for (const unit of units) add(mean, ofUnit(unit), total > 0 ? counts[unit]! / total : 1 / units.length);
      return onOwnChannels(mean, samples, channels);
    },
    position: (channel) => (positions ? [positions[2 * channel]!, positions[2 * channel + 1]!] : [0, 0]),
  };
}

/** How many spikes of each unit were found by each template. */
async function templateCounts(path: string, sorting: Sorting, count: number): Promise<Map<number, number>[]> {
  const templates = (await readNumbers(path)).data;
  const units = sorting.segments[0]?.unitIndex ?? new Int32Array();
  if (templates.length !== units.length)
    throw new UserError(`${path} has ${templates.length} spikes, the sorting ${units.length}`, { path });
  const counts = sorting.unitIds.map(() => new Map<number, number>());
  for (let i = 0; i < units.length; i++) {
    const template = templates[i]!;
    if (template >= count) throw new UserError(`${path} names template ${template}, there are ${count}`, { path });
    const own = counts[units[i]!]!;
    own.set(template, (own.get(template) ?? 0) + 1);
  }
  return counts;
}

/** [samples][channels] times [channels][channels] */
function product(a: Float32Array, b: NumericArray, samples: number, channels: number): Float32Array {
  const out = new Float32Array(samples * channels);
  for (let s = 0; s < samples; s++)
    for (let k = 0; k < channels; k++) {
      const value = a[s * channels + k]!;
      if (value !== 0) for (let c = 0; c < channels; c++) out[s * channels + c]! += value * b[k * channels + c]!;
    }
  return out;
}

function add(to: Float32Array, from: Float32Array, weight: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += weight * from[i]!;
}

/** The sample at which most templates peak. */
function peakSample(data: NumericArray, count: number, samples: number, width: number): number {
  const votes = new Int32Array(samples);
  for (let t = 0; t < count; t++) {
    let best = 0;
    for (let i = 0; i < samples * width; i++)
      if (Math.abs(data[t * samples * width + i]!) > Math.abs(data[t * samples * width + best]!)) best = i;
    votes[Math.floor(best / width)]!++;
  }
  return votes.indexOf(Math.max(...votes));
}

function onOwnChannels(mean: Float32Array, samples: number, channels: number): MeanTemplate {
  const size = new Float64Array(channels);
  for (let c = 0; c < channels; c++)
    for (let s = 0; s < samples; s++) size[c] = Math.max(size[c]!, Math.abs(mean[s * channels + c]!));
  const extremumChannel = size.indexOf(Math.max(...size));
  const own = Int32Array.from({ length: channels }, (_, c) => c).filter(
    (c) => size[c]! >= LEAST * size[extremumChannel]!,
  );
  const template = new Float32Array(samples * own.length);
  for (let s = 0; s < samples; s++)
    own.forEach((c, k) => {
      template[s * own.length + k] = mean[s * channels + c]!;
    });
  return { channels: own, extremumChannel, template };
}
