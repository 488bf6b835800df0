import type { UnionUnit } from '../analyzer/curated.ts';
import { relay } from '../compute/relay.ts';
import { sortingFormats } from '../formats/index.ts';
import type {
  Correlograms,
  FiringRates,
  HistogramArgs,
  IsiHistograms,
  SessionState,
  SimilarUnits,
  SpikeAt,
  SpikesInWindow,
  UnitAmplitudes,
  UnitPlace,
  UnitSparsity,
  UnitTable,
  UnitWaveforms,
} from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { findEntry } from '../shared/entry.ts';
import type { From } from '../units/nextSpike.ts';
import type { UnitsAt } from '../units/source.ts';
import { knownUnits } from './knownUnits.ts';
import { tableByRows } from './tableRows.ts';

interface Window {
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
}
type Units = readonly UnionUnit[];
type Histogram = Omit<HistogramArgs, 'unitIds'>;

/** What the views of units ask for, wherever it comes from. `units`: those in force that are wanted. */
export interface Results {
  readonly from: NonNullable<SessionState['unitsFrom']>;
  units(units: Units, signal: AbortSignal): Promise<UnitTable>;
  waveforms(units: Units, maxSpikes: number, signal: AbortSignal): AsyncGenerator<UnitWaveforms, void>;
  correlograms(units: Units, args: Histogram, signal: AbortSignal): Promise<Correlograms>;
  places(units: Units, signal: AbortSignal): Promise<readonly UnitPlace[]>;
  spikes(units: Units, args: Window, signal: AbortSignal): Promise<SpikesInWindow>;
  isi(units: Units, args: Histogram, signal: AbortSignal): Promise<IsiHistograms>;
  rates(units: Units, bins: number, signal: AbortSignal): Promise<FiringRates>;
  amplitudes(units: Units, maxSpikes: number, signal: AbortSignal): AsyncGenerator<UnitAmplitudes, void>;
  /** Of the units in force, at most `most`. */
  similar(unit: UnionUnit, units: Units, most: number, signal: AbortSignal): Promise<SimilarUnits>;
  sparsity(unit: UnionUnit, signal: AbortSignal): Promise<UnitSparsity>;
  nextSpike(units: Units, from: From, signal: AbortSignal): Promise<SpikeAt | undefined>;
}

/** Workers that answer: each keeps the spikes in memory. */
const WORKERS = 2;

/** Answers by worker jobs of the visible queue. Rows of the table and places are asked for once a unit. */
export function resultsAt(at: UnitsAt, compute: Compute): Results {
  const options = { queue: 'visible', amongLast: WORKERS } as const;
  const ask = <Result>(job: string, args: object, signal: AbortSignal): Promise<Result> =>
    compute.run<object, never, Result>(job, { at, ...args }, { ...options, signal });
  async function* each<Item>(job: string, args: object, signal: AbortSignal): AsyncGenerator<Item, void> {
    const items = relay<Item>();
    compute
      .run<object, Item, void>(job, { at, ...args }, { ...options, signal, onItem: items.push })
      .then(items.end, items.fail);
    yield* items.values();
  }
  let warm = false;
  /** The workers read what they will be asked for: one while another makes the first table, that one when it is made. */
  function warmUp(table: Promise<UnitTable>): void {
    if (warm) return;
    warm = true;
    const read = (worker: number) => compute.run<object, never, void>('warmUnits', { at }, { worker });
    const rest = Array.from({ length: Math.min(WORKERS, compute.size) - 1 }, (_, i) => compute.size - 2 - i);
    const all = [read(compute.size - 1), ...rest.map(async (worker) => table.then(() => read(worker)))];
    // What fails fails again, and is told, when it is asked for.
    void Promise.allSettled(all);
  }
  const places = knownUnits<UnitPlace>((units, signal) => ask('unitPlaces', { units }, signal));
  return {
    from: fromOf(at),
    units: tableByRows((units, signal) => {
      const table = ask<UnitTable>('unitTable', { units }, signal);
      warmUp(table);
      return table;
    }),
    waveforms: (units, maxSpikes, signal) => each('unitWaveforms', { units, maxSpikes }, signal),
    correlograms: (units, args, signal) => ask('unitCorrelograms', { ...args, units }, signal),
    async places(units, signal) {
      const known = await places(units, signal);
      return known.map((place, i) => ({ ...place, unitId: units[i]!.unitId }));
    },
    spikes: (units, args, signal) => ask('unitSpikes', { ...args, units }, signal),
    isi: (units, args, signal) => ask('unitIsi', { ...args, units }, signal),
    rates: (units, bins, signal) => ask('unitRates', { units, bins }, signal),
    amplitudes: (units, maxSpikes, signal) => each('unitAmplitudes', { units, maxSpikes }, signal),
    similar: (unit, units, most, signal) => ask('similarUnits', { unit, units, most }, signal),
    sparsity: (unit, signal) => ask('unitSparsity', { unit }, signal),
    nextSpike: (units, from, signal) => ask('unitNextSpike', { ...from, units }, signal),
  };
}

function fromOf(at: UnitsAt): Results['from'] {
  if (at.kind === 'analyzer') return { folder: at.folder, kind: 'analyzer folder' };
  return { folder: at.path, kind: findEntry(sortingFormats, 'sorting format', at.format).label };
}
