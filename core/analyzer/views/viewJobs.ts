import { breathe } from '../../compute/breathe.ts';
import type { Correlograms, SpikesInWindow, UnitPlace, UnitTable, UnitWaveforms } from '../../shared/api.ts';
import { totalSeconds } from '../../shared/recording.ts';
import { withTransfer } from '../../shared/rpc.ts';
import { spikeCounts } from '../../shared/sorting.ts';
import { contentsOf, neededExtension, storedOf } from '../cache.ts';
import { spikeRange } from '../collect/spikeRange.ts';
import { correlogramBins, correlogramsOfUnions } from '../correlate.ts';
import { partsOf, type UnionUnit } from '../curated.ts';
import { openWaveforms } from '../unitWaveforms.ts';
import { shapesOf } from './unionShapes.ts';
import { unionTable } from './unionTable.ts';
import { unionWaveforms } from './unionWaveforms.ts';

/** Every view job is told the analyzer's folder and the units in force; results have their order. */
interface ViewArgs {
  readonly folder: string;
  readonly units: readonly UnionUnit[];
}

/** The table of units: metrics as saved, worked out anew for merged units. */
async function* unitTable({ folder, units }: ViewArgs, signal: AbortSignal): AsyncGenerator<never, UnitTable> {
  return unionTable(
    await contentsOf(folder),
    units,
    (name) => storedOf(folder, name),
    () => breathe(signal),
  );
}

/** Template, spread and up to `maxSpikes` single spikes of each unit, one after another. */
async function* unitWaveforms(
  { folder, units, maxSpikes }: ViewArgs & { readonly maxSpikes: number },
  signal: AbortSignal,
): AsyncGenerator<UnitWaveforms, void> {
  const contents = await contentsOf(folder);
  const shapes = await shapesOf(contents, (name) => neededExtension(folder, 'waveforms', name));
  const saved = await storedOf(folder, 'waveforms');
  const rows =
    saved && openWaveforms(contents, await neededExtension(folder, 'waveforms', 'random_spikes'), saved.folder);
  try {
    for (const unit of units) {
      await breathe(signal);
      const shown = unionWaveforms(contents, shapes, rows, unit, maxSpikes);
      const { channels, template, std, spikes } = shown;
      yield withTransfer(
        shown,
        [channels, template, std, spikes].map((array) => array.buffer as ArrayBuffer),
      );
    }
  } finally {
    rows?.close();
  }
}

/** Exact counts over all spikes, also of merged units. */
async function* unitCorrelograms(
  args: ViewArgs & { readonly windowMs: number; readonly binMs: number },
): AsyncGenerator<never, Correlograms> {
  const { folder, units, windowMs, binMs } = args;
  const contents = await contentsOf(folder);
  const { sorting, info } = contents;
  const rows = units.map((unit) => partsOf(contents, unit));
  const bins = correlogramBins(info.samplingFrequency, windowMs, binMs);
  const counts = correlogramsOfUnions(sorting.segments, rows, bins);
  const spikes = spikeCounts(sorting);
  const numSpikes = Int32Array.from(rows, (parts) => parts.reduce((sum, unit) => sum + spikes[unit]!, 0));
  const unitIds = units.map((unit) => unit.unitId);
  const seconds = totalSeconds(info);
  return withTransfer({ unitIds, bins: bins.bins, windowMs, binMs, counts, numSpikes, seconds }, [
    counts.buffer as ArrayBuffer,
  ]);
}

/** Where each unit lies. */
async function* unitPlaces({ folder, units }: ViewArgs): AsyncGenerator<never, readonly UnitPlace[]> {
  const contents = await contentsOf(folder);
  const shapes = await shapesOf(contents, (name) => neededExtension(folder, 'places', name));
  const locations = await storedOf(folder, 'unit_locations');
  return units.map(({ unitId, from }) => {
    const parts = partsOf(contents, { unitId, from });
    const { channels, mainChannel } = shapes.template(parts);
    const [x, y] = shapes.place(parts, locations);
    return { unitId, x, y, extremumChannel: mainChannel, channels };
  });
}

/** Spikes in frames [startFrame, endFrame) of a segment, in order of time. */
async function* unitSpikes(
  args: ViewArgs & { readonly segment: number; readonly startFrame: number; readonly endFrame: number },
): AsyncGenerator<never, SpikesInWindow> {
  const contents = await contentsOf(args.folder);
  const rowOf = new Int32Array(contents.sorting.unitIds.length).fill(-1);
  args.units.forEach((unit, row) => {
    for (const part of partsOf(contents, unit)) rowOf[part] = row;
  });
  const { sampleIndex, unitIndex } = contents.sorting.segments[args.segment] ?? {
    sampleIndex: new Float64Array(),
    unitIndex: new Int32Array(),
  };
  const [from, to] = spikeRange(sampleIndex, args.startFrame, args.endFrame);
  const kept: number[] = [];
  for (let i = from; i < to; i++) if (rowOf[unitIndex[i]!]! >= 0) kept.push(i);
  return {
    sampleIndex: Float64Array.from(kept, (i) => sampleIndex[i]!),
    unit: Int32Array.from(kept, (i) => rowOf[unitIndex[i]!]!),
  };
}

export const viewJobs = { unitTable, unitWaveforms, unitCorrelograms, unitPlaces, unitSpikes };
