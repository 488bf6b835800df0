import type { Property } from './recording.ts';

export type UnitId = number | string;

/** The spikes of one segment, ordered by sampleIndex, then unitIndex. */
export interface SegmentSpikes {
  /** Frame of each spike; float64 because int32 ends after 20 h at 30 kHz. */
  readonly sampleIndex: Float64Array;
  /** Row of the spike's unit in unitIds. */
  readonly unitIndex: Int32Array;
}

/** Spike trains of all units. Immutable: a typed array is never written after it is published. */
export interface Sorting {
  readonly samplingFrequency: number;
  readonly unitIds: readonly UnitId[];
  readonly segments: readonly SegmentSpikes[];
  /** One value a unit, by SpikeInterface's property names. */
  readonly properties: Readonly<Record<string, Property>>;
}

export function numSpikes(sorting: Sorting): number {
  return sorting.segments.reduce((sum, segment) => sum + segment.sampleIndex.length, 0);
}

/** Spikes of each unit over all segments. out: [units] */
export function spikeCounts(sorting: Sorting): Int32Array {
  const counts = new Int32Array(sorting.unitIds.length);
  for (const { unitIndex } of sorting.segments) for (const unit of unitIndex) counts[unit]!++;
  return counts;
}

/** Sample indices of one unit in one segment, ascending. */
export function spikeTrain(sorting: Sorting, unitIndex: number, segment: number): Float64Array {
  const spikes = sorting.segments[segment]!;
  let n = 0;
  for (const unit of spikes.unitIndex) if (unit === unitIndex) n++;
  const train = new Float64Array(n);
  n = 0;
  for (let i = 0; i < spikes.unitIndex.length; i++)
    if (spikes.unitIndex[i] === unitIndex) train[n++] = spikes.sampleIndex[i]!;
  return train;
}

/** All spikes of several trains in one, ascending; those at the same frame stay apart. */
export function mergedTrain(trains: readonly Float64Array[]): Float64Array {
  if (trains.length === 1) return trains[0]!;
  const all = new Float64Array(trains.reduce((sum, train) => sum + train.length, 0));
  let at = 0;
  for (const train of trains) {
    all.set(train, at);
    at += train.length;
  }
  return all.sort();
}

/** Order spikes by sample, then unit, as SpikeInterface's spike vector. */
export function sortSpikes(sampleIndex: ArrayLike<number>, unitIndex: ArrayLike<number>): SegmentSpikes {
  const n = sampleIndex.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  order.sort((a, b) => sampleIndex[a]! - sampleIndex[b]! || unitIndex[a]! - unitIndex[b]!);
  const samples = new Float64Array(n);
  const units = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    samples[i] = sampleIndex[order[i]!]!;
    units[i] = unitIndex[order[i]!]!;
  }
  return { sampleIndex: samples, unitIndex: units };
}
