import { contentsOf, neededExtension, storedOf } from '../analyzer/cache.ts';
import type { Contents } from '../analyzer/contents.ts';
import { partsOf, type UnionUnit } from '../analyzer/curated.ts';
import { amplitudesByUnit } from '../analyzer/metricUnits.ts';
import { sparsityRule } from '../analyzer/sparsityRule.ts';
import { openWaveforms } from '../analyzer/unitWaveforms.ts';
import { type Shapes, shapesOf } from '../analyzer/views/unionShapes.ts';
import { unionTable } from '../analyzer/views/unionTable.ts';
import { unionWaveforms } from '../analyzer/views/unionWaveforms.ts';
import { breathe } from '../compute/breathe.ts';
import type { UnitPlace, UnitSparsity, UnitWaveforms } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { unitTrains } from '../shared/unitTrains.ts';
import { analyzerSimilarities } from './analyzerSimilarities.ts';
import { peakToPeak } from './peakToPeak.ts';
import type { SpikeAmplitudes, UnitsSource } from './source.ts';

/** What an analyzer's folder tells of its units. */
export async function analyzerUnits(folder: string): Promise<UnitsSource> {
  const contents = await contentsOf(folder);
  const shapesFor = (by: string) => shapesOf(contents, (name) => neededExtension(folder, by, name));
  return {
    trains: unitTrains(contents.sorting),
    numFrames: contents.info.numFrames,
    partsOf: (unit) => partsOf(contents, unit),
    table: (units, signal) =>
      unionTable(
        contents,
        units,
        (name) => storedOf(folder, name),
        () => breathe(signal),
      ),
    waveforms: (units, maxSpikes, signal) => waveforms(contents, units, maxSpikes, signal),
    async places(units) {
      const locations = await storedOf(folder, 'unit_locations');
      const shapes = await shapesFor('places');
      return units.map((unit): UnitPlace => {
        const parts = partsOf(contents, unit);
        const { channels, mainChannel } = shapes.template(parts);
        const [x, y, z] = shapes.place(parts, locations);
        return { unitId: unit.unitId, x, y, ...(z !== undefined && { z }), extremumChannel: mainChannel, channels };
      });
    },
    amplitudes: () => amplitudes(contents),
    similarities: async (unit, others) =>
      analyzerSimilarities(contents, await shapesFor('similar units'), unit, others),
    async sparsity(unit) {
      const templates = await storedOf(folder, 'templates');
      return sparsity(contents, templates && (await shapesFor('sparsity')), unit);
    },
  };
}

async function* waveforms(
  contents: Contents,
  units: readonly UnionUnit[],
  maxSpikes: number,
  signal: AbortSignal,
): AsyncGenerator<UnitWaveforms, void> {
  const { folder } = contents;
  const needed = (name: string) => neededExtension(folder, 'waveforms', name);
  const shapes = await shapesOf(contents, needed);
  const saved = await storedOf(folder, 'waveforms');
  const rows = saved && openWaveforms(contents, await needed('random_spikes'), saved.folder);
  try {
    for (const unit of units) {
      await breathe(signal);
      yield unionWaveforms(contents, shapes, rows, unit, maxSpikes);
    }
  } finally {
    rows?.close();
  }
}

async function amplitudes(contents: Contents): Promise<SpikeAmplitudes> {
  const saved = await storedOf(contents.folder, 'spike_amplitudes');
  const byUnit = saved && amplitudesByUnit(contents, saved);
  if (!byUnit)
    throw new UserError('the amplitudes of single spikes were not computed', {
      path: contents.folder,
      hint: 'Add "Spike amplitudes" (spike_amplitudes) at the Analyze station and run it.',
    });
  return {
    unit: contents.returnInUv ? 'µV' : 'raw',
    source: 'spike_amplitudes of the analyzer',
    of: (part) => byUnit[part]!,
  };
}

function sparsity(contents: Contents, shapes: Shapes | undefined, unit: UnionUnit): UnitSparsity {
  const { info, layout, mainChannels, channelsOf, returnInUv } = contents;
  const parts = partsOf(contents, unit);
  const template = shapes?.template(parts);
  const extremumChannel = template?.mainChannel ?? mainChannels[parts[0]!]!;
  const { rule, radiusUm } = sparsityRule(contents);
  const kept = new Uint8Array(info.channelIds.length);
  for (const part of parts) for (const channel of channelsOf[part]!) kept[channel] = 1;
  const amplitude = new Float64Array(kept.length).fill(Number.NaN);
  const sizes = template && peakToPeak(template.average, template.channels.length);
  template?.channels.forEach((channel, k) => {
    amplitude[channel] = sizes![k]!;
  });
  const distance = (x: Float64Array, y: Float64Array) =>
    x.map((_, c) => Math.hypot(x[c]! - x[extremumChannel]!, y[c]! - y[extremumChannel]!));
  return {
    unitId: unit.unitId,
    rule: parts.length > 1 ? `${rule}; of each of the ${parts.length} units it was merged from` : rule,
    ...(radiusUm !== undefined && { radiusUm }),
    extremumChannel,
    kept,
    distance: layout ? distance(layout.x, layout.y) : new Float64Array(kept.length).fill(Number.NaN),
    amplitude,
    unit: returnInUv ? 'µV' : 'raw',
  };
}
