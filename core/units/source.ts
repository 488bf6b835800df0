import type { UnionUnit } from '../analyzer/curated.ts';
import type { UnitPlace, UnitSparsity, UnitTable, UnitWaveforms } from '../shared/api.ts';
import type { UnitTrains } from '../shared/unitTrains.ts';

/** Where units come from: an analyzer's folder, ours or SpikeInterface's, or a sorting that has none. */
export type UnitsAt =
  | { readonly kind: 'analyzer'; readonly folder: string }
  | {
      readonly kind: 'sorting';
      readonly format: string;
      readonly path: string;
      /** Frames of each segment, where the recording is known. */
      readonly numFrames?: readonly number[];
    };

/** What is known of units, wherever they come from. A unit asked for may be a merged one; rows are original units. */
export interface UnitsSource {
  readonly trains: UnitTrains;
  /** Of each segment; up to the last spike where the recording is not known. */
  readonly numFrames: readonly number[];
  partsOf(unit: UnionUnit): number[];
  table(units: readonly UnionUnit[], signal: AbortSignal): Promise<UnitTable>;
  waveforms(units: readonly UnionUnit[], maxSpikes: number, signal: AbortSignal): AsyncGenerator<UnitWaveforms, void>;
  /** None where nothing tells of templates. */
  places(units: readonly UnionUnit[]): Promise<readonly UnitPlace[]>;
  amplitudes(): Promise<SpikeAmplitudes>;
  similarities(unit: UnionUnit, others: readonly UnionUnit[]): Promise<Similarities>;
  sparsity(unit: UnionUnit): Promise<UnitSparsity>;
}

export interface SpikeAmplitudes {
  readonly unit: 'µV' | 'raw';
  readonly source: string;
  /** Of all spikes of an original unit, segment after segment. */
  of(part: number): Float32Array;
}

export interface Similarities {
  /** To each of the others. */
  readonly values: Float64Array;
  readonly source: string;
}
