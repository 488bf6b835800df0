import type { MetricUnit } from '../metrics/metric.ts';
import { unitTrains, valuesByUnit } from '../shared/unitTrains.ts';
import type { Contents } from './contents.ts';
import type { Stored } from './stored.ts';
import { floats, templatesOf } from './templates.ts';
import { channelTemplate } from './unitShapes.ts';

/** What the metrics need of a unit; what was not computed is left out. */
export function metricUnits(
  contents: Contents,
  stored: (name: string) => Stored | undefined,
): (unit: number) => MetricUnit {
  const { info, sorting, mainChannels, peakSign } = contents;
  const templatesStored = stored('templates');
  const templates = templatesStored && templatesOf(templatesStored, info.samplingFrequency);
  const noise = floats(stored('noise_levels')?.arrays.noise_levels);
  const saved = stored('spike_amplitudes');
  const amplitudes = saved && amplitudesByUnit(contents, saved);
  const trains = unitTrains(sorting);
  return (unit) => {
    const main = mainChannels[unit]!;
    return {
      samplingFrequency: info.samplingFrequency,
      numFrames: info.numFrames,
      trains: info.numFrames.map((_, segment) => trains.train(unit, segment)),
      peakSign,
      ...(templates && { template: channelTemplate(templates, unit, main), nbefore: templates.nbefore }),
      ...(noise && { noiseLevel: noise[main]! }),
      ...(amplitudes && { amplitudes: amplitudes[unit]! }),
    };
  };
}

const dealt = new WeakMap<Stored, readonly Float32Array[]>();

/** The spike_amplitudes of each unit, in order of time; undefined if the extension has none. */
export function amplitudesByUnit({ sorting }: Contents, saved: Stored): readonly Float32Array[] | undefined {
  const values = floats(saved.arrays.amplitudes);
  if (!values) return undefined;
  const amplitudes =
    dealt.get(saved) ??
    valuesByUnit(
      sorting.segments.map(({ unitIndex }) => unitIndex),
      sorting.unitIds.length,
      values,
    );
  dealt.set(saved, amplitudes);
  return amplitudes;
}
