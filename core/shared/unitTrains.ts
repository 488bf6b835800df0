import type { SegmentSpikes, Sorting, UnitId } from './sorting.ts';

/** The spikes of a sorting unit by unit: what is asked of a few units does not go through all spikes. */
export interface UnitTrains {
  readonly samplingFrequency: number;
  readonly unitIds: readonly UnitId[];
  readonly segments: number;
  /** Spikes of each unit over all segments. [units] */
  readonly counts: Int32Array;
  /** Sample indices of a unit in a segment, ascending. Not to be written to. */
  train(unit: number, segment: number): Float64Array;
}

const known = new WeakMap<Sorting, UnitTrains>();

/** The trains of a sorting, dealt out once. */
export function unitTrains(sorting: Sorting): UnitTrains {
  const trains = known.get(sorting) ?? dealtTrains(sorting);
  known.set(sorting, trains);
  return trains;
}

function dealtTrains({ samplingFrequency, unitIds, segments }: Sorting): UnitTrains {
  const counts = new Int32Array(unitIds.length);
  const dealt = segments.map(({ sampleIndex, unitIndex }) => dealOut(sampleIndex, unitIndex, unitIds.length));
  for (const { start } of dealt)
    for (let unit = 0; unit < counts.length; unit++) counts[unit]! += start[unit + 1]! - start[unit]!;
  return {
    samplingFrequency,
    unitIds,
    segments: segments.length,
    counts,
    train(unit, segment) {
      const { values, start } = dealt[segment]!;
      return values.subarray(start[unit], start[unit + 1]);
    },
  };
}

/** `values[spike]` sorted by the spike's unit, order kept; those of unit u lie at start[u] ≤ i < start[u + 1]. */
function dealOut(values: Float64Array, unitIndex: Int32Array, units: number) {
  const start = starts(unitIndex, units);
  const next = start.slice();
  const out = new Float64Array(values.length);
  for (let spike = 0; spike < values.length; spike++) out[next[unitIndex[spike]!]!++] = values[spike]!;
  return { values: out, start };
}

function starts(unitIndex: Int32Array, units: number): Uint32Array {
  const start = new Uint32Array(units + 1);
  for (const unit of unitIndex) start[unit + 1]!++;
  for (let unit = 0; unit < units; unit++) start[unit + 1]! += start[unit]!;
  return start;
}

/**
 * A value a spike, dealt out to the units in the order they come. `unitIndex`: of the spikes of each segment, in the
 * order of `values`.
 */
export function valuesByUnit(
  unitIndex: readonly Int32Array[],
  units: number,
  values: ArrayLike<number>,
): readonly Float32Array[] {
  const start = new Uint32Array(units + 1);
  for (const segment of unitIndex) for (const [unit, n] of starts(segment, units).entries()) start[unit]! += n;
  const out = new Float32Array(start[units]!);
  const next = start.slice();
  let spike = 0;
  for (const segment of unitIndex) for (const unit of segment) out[next[unit]!++] = values[spike++]!;
  return Array.from({ length: units }, (_, unit) => out.subarray(start[unit], start[unit + 1]));
}

/** Ascending trains in one, each spike with the place of its train in the list; spikes of one frame in that order. */
export function mergedTrains(trains: readonly Float64Array[]): SegmentSpikes {
  const [only] = trains;
  if (only && trains.length === 1) return { sampleIndex: only, unitIndex: new Int32Array(only.length) };
  const runs = trains.map((sampleIndex, place) => ({
    sampleIndex,
    unitIndex: new Int32Array(sampleIndex.length).fill(place),
  }));
  while (runs.length > 1)
    for (let i = 0; i < runs.length - 1; i++) runs.splice(i, 2, mergedPair(runs[i]!, runs[i + 1]!));
  return runs[0] ?? { sampleIndex: new Float64Array(), unitIndex: new Int32Array() };
}

function mergedPair(
  a: SegmentSpikes,
  b: SegmentSpikes,
): { sampleIndex: Float64Array; unitIndex: Int32Array<ArrayBuffer> } {
  const n = a.sampleIndex.length + b.sampleIndex.length;
  const sampleIndex = new Float64Array(n);
  const unitIndex = new Int32Array(n);
  let [i, j] = [0, 0];
  for (let k = 0; k < n; k++) {
    const first = i < a.sampleIndex.length && !(b.sampleIndex[j]! < a.sampleIndex[i]!);
    const from = first ? a : b;
    const at = first ? i++ : j++;
    sampleIndex[k] = from.sampleIndex[at]!;
    unitIndex[k] = from.unitIndex[at]!;
  }
  return { sampleIndex, unitIndex };
}

/** First place in ascending `samples` that is not before `frame`. */
export function firstFrom(samples: Float64Array, frame: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (samples[middle]! < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}
