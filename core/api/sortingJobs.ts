import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spikeRange } from '../analyzer/collect/spikeRange.ts';
import { correlogramBins, correlogramsOfUnions } from '../analyzer/correlate.ts';
import type { UnionUnit } from '../analyzer/curated.ts';
import { unitTrains } from '../analyzer/metricUnits.ts';
import { breathe } from '../compute/breathe.ts';
import { sortingFormats } from '../formats/index.ts';
import { chooseMetrics, metricsOfUnit } from '../metrics/index.ts';
import type { Correlograms, SpikesInWindow, UnitColumn, UnitPlace, UnitTable, UnitWaveforms } from '../shared/api.ts';
import { findEntry } from '../shared/entry.ts';
import type { OpenedSorting } from '../shared/lists.ts';
import { mergedTrain, type Sorting, spikeCounts } from '../shared/sorting.ts';
import { phyTemplates, type SortedTemplates } from './phyTemplates.ts';

/** An existing sorting without an analyzer: what its own folder tells. */
interface SortingArgs {
  readonly format: string;
  readonly path: string;
  /** Frames of each segment, where the recording is known. */
  readonly numFrames?: readonly number[];
  readonly units: readonly UnionUnit[];
}

interface Opened {
  readonly opened: OpenedSorting;
  readonly templates: SortedTemplates | undefined;
}

/** What this worker read last. */
let kept: { readonly key: string; readonly value: Promise<Opened> } | undefined;

function openedOf({ format, path }: SortingArgs): Promise<Opened> {
  const key = JSON.stringify([format, path]);
  if (kept?.key !== key) {
    kept = { key, value: read(format, path) };
    kept.value.catch(() => {
      kept = undefined;
    });
  }
  return kept.value;
}

async function read(format: string, path: string): Promise<Opened> {
  const opened = await findEntry(sortingFormats, 'sorting format', format).open(path);
  const templates = existsSync(join(path, 'templates.npy')) ? await phyTemplates(path, opened.sorting) : undefined;
  return { opened, templates };
}

function rowsOf({ unitIds }: Sorting, units: readonly UnionUnit[]): number[][] {
  const rowOf = new Map(unitIds.map((id, row) => [id, row]));
  return units.map(({ from }) => from.flatMap((id) => rowOf.get(id) ?? []));
}

/** Up to the last spike, where the recording is not known. */
function framesOf({ segments }: Sorting, numFrames: readonly number[] | undefined): readonly number[] {
  return numFrames ?? segments.map(({ sampleIndex }) => (sampleIndex.at(-1) ?? -1) + 1);
}

/** Metrics that need spikes only, and the numbers of the folder's own tables. */
async function* sortingTable(args: SortingArgs, signal: AbortSignal): AsyncGenerator<never, UnitTable> {
  const { sorting, columns } = (await openedOf(args)).opened;
  const rows = rowsOf(sorting, args.units);
  const trains = unitTrains(sorting);
  const numFrames = framesOf(sorting, args.numFrames);
  const chosen = chooseMetrics([]).filter(({ metric }) => metric.dependsOn.length === 0);
  const computed = chosen.flatMap(({ metric }) =>
    metric.columns.map((column) => ({ ...column, values: new Float64Array(rows.length) })),
  );
  for (const [i, parts] of rows.entries()) {
    await breathe(signal);
    const own = numFrames.map((_, segment) => mergedTrain(parts.map((part) => trains[part]![segment]!)));
    const values = metricsOfUnit({ samplingFrequency: sorting.samplingFrequency, numFrames, trains: own }, chosen);
    for (const column of computed) column.values[i] = values[column.name] ?? Number.NaN;
  }
  const known = new Set(computed.map(({ name }) => name));
  const told = Object.entries(columns)
    .filter(([name, values]) => !known.has(name) && values.some((value) => typeof value === 'number'))
    .map(([name, values]): UnitColumn => {
      const value = (part: number) => values[part];
      const numbers = Float64Array.from(rows, (parts) =>
        parts.length === 1 ? Number(value(parts[0]!) ?? Number.NaN) : Number.NaN,
      );
      return {
        name,
        label: name.replaceAll('_', ' '),
        unit: '',
        help: `${name}, as the folder has it.`,
        values: numbers,
      };
    });
  return { unitIds: args.units.map(({ unitId }) => unitId), columns: [...computed, ...told] };
}

/** The sorter's templates: there are no single spikes without the raw data. */
async function* sortingWaveforms(args: SortingArgs, signal: AbortSignal): AsyncGenerator<UnitWaveforms, void> {
  const { opened, templates } = await openedOf(args);
  const counts = spikeCounts(opened.sorting);
  if (!templates) return;
  for (const [i, parts] of rowsOf(opened.sorting, args.units).entries()) {
    await breathe(signal);
    const { channels, template, extremumChannel } = templates.mean(parts, counts);
    const { samples, nbefore } = templates;
    const ms = 1000 / opened.sorting.samplingFrequency;
    yield {
      unitId: args.units[i]!.unitId,
      unit: 'raw',
      channels,
      extremumChannel,
      samples,
      msBefore: nbefore * ms,
      msAfter: (samples - nbefore) * ms,
      template,
      std: new Float32Array(template.length),
      spikes: new Float32Array(),
      shown: 0,
      numSpikes: parts.reduce((sum, part) => sum + counts[part]!, 0),
    };
  }
}

async function* sortingCorrelograms(
  args: SortingArgs & { readonly windowMs: number; readonly binMs: number },
): AsyncGenerator<never, Correlograms> {
  const { sorting } = (await openedOf(args)).opened;
  const rows = rowsOf(sorting, args.units);
  const bins = correlogramBins(sorting.samplingFrequency, args.windowMs, args.binMs);
  const counts = spikeCounts(sorting);
  const frames = framesOf(sorting, args.numFrames).reduce((sum, n) => sum + n, 0);
  return {
    unitIds: args.units.map(({ unitId }) => unitId),
    bins: bins.bins,
    windowMs: args.windowMs,
    binMs: args.binMs,
    counts: correlogramsOfUnions(sorting.segments, rows, bins),
    numSpikes: Int32Array.from(rows, (parts) => parts.reduce((sum, part) => sum + counts[part]!, 0)),
    seconds: frames / sorting.samplingFrequency,
  };
}

async function* sortingPlaces(args: SortingArgs): AsyncGenerator<never, readonly UnitPlace[]> {
  const { opened, templates } = await openedOf(args);
  if (!templates) return [];
  const counts = spikeCounts(opened.sorting);
  return rowsOf(opened.sorting, args.units).map((parts, i) => {
    const { channels, extremumChannel } = templates.mean(parts, counts);
    const [x, y] = templates.position(extremumChannel);
    return { unitId: args.units[i]!.unitId, x, y, extremumChannel, channels };
  });
}

async function* sortingSpikes(
  args: SortingArgs & { readonly segment: number; readonly startFrame: number; readonly endFrame: number },
): AsyncGenerator<never, SpikesInWindow> {
  const { sorting } = (await openedOf(args)).opened;
  const wanted = new Int32Array(sorting.unitIds.length).fill(-1);
  rowsOf(sorting, args.units).forEach((parts, i) => {
    for (const part of parts) wanted[part] = i;
  });
  const spikes = sorting.segments[args.segment];
  if (!spikes) return { sampleIndex: new Float64Array(), unit: new Int32Array() };
  const [from, to] = spikeRange(spikes.sampleIndex, args.startFrame, args.endFrame);
  const kept: number[] = [];
  for (let i = from; i < to; i++) if (wanted[spikes.unitIndex[i]!]! >= 0) kept.push(i);
  return {
    sampleIndex: Float64Array.from(kept, (i) => spikes.sampleIndex[i]!),
    unit: Int32Array.from(kept, (i) => wanted[spikes.unitIndex[i]!]!),
  };
}

export const sortingJobs = { sortingTable, sortingWaveforms, sortingCorrelograms, sortingPlaces, sortingSpikes };
