import type { UnionUnit } from '../analyzer/curated.ts';
import { relay } from '../compute/relay.ts';
import type {
  Correlograms,
  CorrelogramsArgs,
  SpikesInWindow,
  UnitPlace,
  UnitTable,
  UnitWaveforms,
} from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';

interface SpikesArgs {
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** What the views of units ask for, wherever it comes from. `units`: those in force that are wanted. */
export interface Results {
  units(units: readonly UnionUnit[], signal: AbortSignal): Promise<UnitTable>;
  waveforms(units: readonly UnionUnit[], maxSpikes: number, signal: AbortSignal): AsyncGenerator<UnitWaveforms, void>;
  correlograms(
    units: readonly UnionUnit[],
    args: Omit<CorrelogramsArgs, 'unitIds'>,
    signal: AbortSignal,
  ): Promise<Correlograms>;
  places(units: readonly UnionUnit[], signal: AbortSignal): Promise<readonly UnitPlace[]>;
  spikes(units: readonly UnionUnit[], args: SpikesArgs, signal: AbortSignal): Promise<SpikesInWindow>;
}

/** Names of the jobs that answer, each given `about` with its other arguments. */
interface ResultJobs {
  readonly table: string;
  readonly waveforms: string;
  readonly correlograms: string;
  readonly places: string;
  readonly spikes: string;
}

/** Answers by worker jobs. `about`: what each of them needs to know of where the results lie. */
function resultsBy(jobs: ResultJobs, about: object, compute: Compute): Results {
  const ask = <Result>(job: string, args: object, signal: AbortSignal): Promise<Result> =>
    compute.run<object, never, Result>(job, { ...about, ...args }, { signal, queue: 'visible' });
  return {
    units: (units, signal) => ask(jobs.table, { units }, signal),
    async *waveforms(units, maxSpikes, signal) {
      const items = relay<UnitWaveforms>();
      compute
        .run<object, UnitWaveforms, void>(
          jobs.waveforms,
          { ...about, units, maxSpikes },
          { signal, queue: 'visible', onItem: items.push },
        )
        .then(items.end, items.fail);
      yield* items.values();
    },
    correlograms: (units, { windowMs, binMs }, signal) => ask(jobs.correlograms, { units, windowMs, binMs }, signal),
    places: (units, signal) => ask(jobs.places, { units }, signal),
    spikes: (units, args, signal) => ask(jobs.spikes, { units, ...args }, signal),
  };
}

/** Of an analyzer's folder, ours or SpikeInterface's. */
export function analyzerResults(folder: string, compute: Compute): Results {
  return resultsBy(
    {
      table: 'unitTable',
      waveforms: 'unitWaveforms',
      correlograms: 'unitCorrelograms',
      places: 'unitPlaces',
      spikes: 'unitSpikes',
    },
    { folder },
    compute,
  );
}

/** Of an existing sorting without an analyzer. */
export function sortingResults(
  about: { readonly format: string; readonly path: string; readonly numFrames?: readonly number[] },
  compute: Compute,
): Results {
  return resultsBy(
    {
      table: 'sortingTable',
      waveforms: 'sortingWaveforms',
      correlograms: 'sortingCorrelograms',
      places: 'sortingPlaces',
      spikes: 'sortingSpikes',
    },
    about,
    compute,
  );
}
