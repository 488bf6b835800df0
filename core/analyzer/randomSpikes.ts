import { random } from '../shared/random.ts';
import type { SegmentSpikes, Sorting } from '../shared/sorting.ts';
import { firstSpikes } from './collect/spikeAmplitudes.ts';

/**
 * Up to `most` spikes of each unit, drawn without replacement, none within `margin` frames of a segment's border.
 * Ascending places in the spikes of all segments one after another.
 */
export function drawSpikes(
  sorting: Sorting,
  numFrames: readonly number[],
  most: number,
  margin: number,
  seed: number,
): Float64Array {
  const places: number[][] = sorting.unitIds.map(() => []);
  let first = 0;
  sorting.segments.forEach(({ sampleIndex, unitIndex }, segment) => {
    for (let i = 0; i < sampleIndex.length; i++) {
      const sample = sampleIndex[i]!;
      if (sample >= margin && sample < numFrames[segment]! - margin) places[unitIndex[i]!]!.push(first + i);
    }
    first += sampleIndex.length;
  });
  const draw = random(seed);
  const chosen: number[] = [];
  for (const all of places) {
    const count = Math.min(most, all.length);
    for (let k = 0; k < count; k++) {
      const at = k + draw.integer(all.length - k);
      chosen.push(all[at]!);
      all[at] = all[k]!;
    }
  }
  return Float64Array.from(chosen).sort();
}

/** The spikes at those (ascending) places, a segment. */
export function spikesAt(sorting: Sorting, places: ArrayLike<number>): SegmentSpikes[] {
  const firstOf = [...firstSpikes(sorting.segments), Number.POSITIVE_INFINITY];
  let k = 0;
  return sorting.segments.map(({ sampleIndex, unitIndex }, segment) => {
    const from = k;
    while (k < places.length && places[k]! < firstOf[segment + 1]!) k++;
    const samples = new Float64Array(k - from);
    const units = new Int32Array(k - from);
    for (let i = from; i < k; i++) {
      samples[i - from] = sampleIndex[places[i]! - firstOf[segment]!]!;
      units[i - from] = unitIndex[places[i]! - firstOf[segment]!]!;
    }
    return { sampleIndex: samples, unitIndex: units };
  });
}

/** Number of spikes of each unit. */
export function countsOf(spikes: readonly SegmentSpikes[], units: number): Int32Array {
  const counts = new Int32Array(units);
  for (const { unitIndex } of spikes) for (const unit of unitIndex) counts[unit]!++;
  return counts;
}
