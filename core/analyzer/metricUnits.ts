import type { MetricUnit } from '../metrics/metric.ts';
import type { Sorting } from '../shared/sorting.ts';
import type { Contents } from './contents.ts';
import type { Stored } from './stored.ts';
import { floats, templatesOf } from './templates.ts';
import { channelTemplate } from './unitShapes.ts';

/** What the metrics need of every unit; what was not computed is left out. */
export function metricUnits(contents: Contents, stored: (name: string) => Stored | undefined): MetricUnit[] {
  const { info, sorting, mainChannels, peakSign } = contents;
  const templatesStored = stored('templates');
  const templates = templatesStored && templatesOf(templatesStored, info.samplingFrequency);
  const noise = floats(stored('noise_levels')?.arrays.noise_levels);
  const allAmplitudes = floats(stored('spike_amplitudes')?.arrays.amplitudes);
  const trains = unitTrains(sorting);
  const amplitudes = allAmplitudes && valuesByUnit(sorting, allAmplitudes);
  return sorting.unitIds.map((_, unit) => {
    const main = mainChannels[unit]!;
    return {
      samplingFrequency: info.samplingFrequency,
      numFrames: info.numFrames,
      trains: trains[unit]!,
      peakSign,
      ...(templates && { template: channelTemplate(templates, unit, main), nbefore: templates.nbefore }),
      ...(noise && { noiseLevel: noise[main]! }),
      ...(amplitudes && { amplitudes: amplitudes[unit]! }),
    };
  });
}

/** Spike trains of all units in one go: [unit][segment]. */
export function unitTrains(sorting: Sorting): Float64Array[][] {
  const trains: Float64Array[][] = sorting.unitIds.map(() => []);
  for (const { sampleIndex, unitIndex } of sorting.segments) {
    const counts = new Int32Array(sorting.unitIds.length);
    for (const unit of unitIndex) counts[unit]!++;
    const own = Array.from(counts, (count) => new Float64Array(count));
    counts.fill(0);
    for (let i = 0; i < unitIndex.length; i++) own[unitIndex[i]!]![counts[unitIndex[i]!]!++] = sampleIndex[i]!;
    own.forEach((train, unit) => {
      trains[unit]!.push(train);
    });
  }
  return trains;
}

/** A value a spike of the whole sorting, dealt out to the units in order of time. */
function valuesByUnit(sorting: Sorting, values: ArrayLike<number>): Float32Array[] {
  const counts = new Int32Array(sorting.unitIds.length);
  for (const { unitIndex } of sorting.segments) for (const unit of unitIndex) counts[unit]!++;
  const out = Array.from(counts, (count) => new Float32Array(count));
  counts.fill(0);
  let spike = 0;
  for (const { unitIndex } of sorting.segments)
    for (const unit of unitIndex) out[unit]![counts[unit]!++] = values[spike++]!;
  return out;
}
