import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { readNumbers } from '../store/npy.ts';
import type { OwnTemplate } from './pairSimilarity.ts';
import { peakToPeak } from './peakToPeak.ts';
import type { PhySpikes } from './phySpikes.ts';
import { largeColumns, readPhyTemplates } from './phyTemplateFile.ts';

/** The mean template of a unit; never without a channel. */
export interface MeanTemplate extends OwnTemplate {
  readonly extremumChannel: number;
}

/** Templates of a phy or Kilosort folder: a mean over the spikes of each unit, or of several units together. */
export interface SortedTemplates {
  readonly samples: number;
  /** Of the folder. */
  readonly channels: number;
  readonly nbefore: number;
  /** Why a template has the channels it has. */
  readonly rule: string;
  /** `units`: rows. Not to be written to. */
  mean(units: readonly number[]): MeanTemplate;
  /** µm; NaN where the folder does not say. */
  position(channel: number): readonly [x: number, y: number];
  /** As the raw file numbers it. */
  label(channel: number): string;
}

/** Below this share of its largest channel a mean is not shown, where the folder does not choose channels itself. */
const LEAST = 0.05;

export async function phyTemplates(folder: string, { templatesOf }: PhySpikes): Promise<SortedTemplates> {
  const at = (name: string) => join(folder, name);
  const read = async (name: string) => (existsSync(at(name)) ? await readNumbers(at(name)) : undefined);
  const positions = await read('channel_positions.npy');
  const map = await read('channel_map.npy');
  const file = await readPhyTemplates(folder, positions?.shape[0]);
  const { samples, channels, nbefore, chosen, templates } = file;
  for (const own of templatesOf)
    for (const template of own.keys())
      if (!templates[template])
        throw new UserError(`spike_templates.npy names template ${template}, there are ${templates.length}`, {
          path: at('spike_templates.npy'),
        });
  const made = new Map<string, MeanTemplate>();
  const mean = (units: readonly number[]) => {
    const weights = new Map<number, number>();
    for (const unit of units)
      for (const [template, n] of templatesOf[unit]!) weights.set(template, (weights.get(template) ?? 0) + n);
    const whole = weightedMean(
      [...weights].map(([template, n]) => [templates[template]!, n] as const),
      samples,
    );
    return withExtremum(largeColumns(whole, chosen ? 0 : LEAST), samples);
  };
  return {
    samples,
    channels,
    nbefore,
    rule: chosen
      ? 'as the folder has them: channels of the unit’s templates in template_ind.npy'
      : `by size: the template is at least ${100 * LEAST} % of its largest channel, peak to peak (templates.npy has all channels)`,
    mean(units) {
      const key = units.join();
      const one = made.get(key) ?? mean(units);
      made.set(key, one);
      return one;
    },
    position: (channel) =>
      positions && positions.shape[1] === 2
        ? [positions.data[2 * channel]!, positions.data[2 * channel + 1]!]
        : [Number.NaN, Number.NaN],
    label: (channel) => String(map?.data[channel] ?? channel),
  };
}

/** On all channels that any of them has. */
function weightedMean(weighted: readonly (readonly [OwnTemplate, number])[], samples: number): OwnTemplate {
  const [first] = weighted;
  if (first && weighted.length === 1) return first[0];
  const channels = Int32Array.from(new Set(weighted.flatMap(([{ channels: own }]) => [...own]))).sort();
  const place = new Map(Array.from(channels, (channel, k) => [channel, k]));
  const total = weighted.reduce((sum, [, n]) => sum + n, 0);
  const data = new Float32Array(samples * channels.length);
  for (const [template, n] of weighted) {
    const columns = Int32Array.from(template.channels, (channel) => place.get(channel)!);
    for (let s = 0; s < samples; s++)
      for (let k = 0; k < columns.length; k++)
        data[s * channels.length + columns[k]!]! += (n / total) * template.data[s * columns.length + k]!;
  }
  return { channels, data };
}

/** The largest channel, peak to peak as in phy; a mean that is nothing is nothing on the first channel. */
function withExtremum({ channels, data }: OwnTemplate, samples: number): MeanTemplate {
  if (channels.length === 0) return { channels: Int32Array.of(0), data: new Float32Array(samples), extremumChannel: 0 };
  const size = peakToPeak(data, channels.length);
  return { channels, data, extremumChannel: channels[size.indexOf(Math.max(...size))]! };
}
