import { UserError } from '../shared/errors.ts';
import { type SegmentSpikes, sortSpikes } from '../shared/sorting.ts';

export interface RawSpikes {
  /** The file they come from. */
  readonly path: string;
  /** Ascending; units of one frame in any order. */
  readonly sampleIndex: ArrayLike<number>;
  readonly unitIndex: ArrayLike<number>;
  readonly units: number;
  /** Frames of the segment, where they are known. */
  readonly frames?: number;
}

/**
 * Spikes of one segment as a Sorting has them. UserError for a sample index that is negative, no whole number, past
 * the end or before the spike before it, or a unit that is not there.
 */
export function checkSpikes(spikes: RawSpikes): SegmentSpikes {
  const { path, sampleIndex, unitIndex, units, frames = Number.POSITIVE_INFINITY } = spikes;
  const bad = (spike: number, why: string): never => {
    throw new UserError(`${path}: spike ${spike} is at ${sampleIndex[spike]}, ${why}`, {
      path,
      hint: 'Does the sorting belong to this recording? Was the file damaged?',
    });
  };
  let inOrder = true;
  for (let i = 0; i < sampleIndex.length; i++) {
    const sample = sampleIndex[i]!;
    if (!Number.isInteger(sample)) bad(i, 'not a sample index');
    if (sample < 0) bad(i, 'before the start');
    if (sample >= frames) bad(i, `past the end of the recording (${frames} frames)`);
    const unit = unitIndex[i]!;
    if (!(Number.isInteger(unit) && unit >= 0 && unit < units)) bad(i, `of unit number ${unit}, of ${units} units`);
    if (i === 0) continue;
    const before = sampleIndex[i - 1]!;
    if (before > sample) bad(i, `before the spike before it (${before}): the spikes are not in order of time`);
    if (before === sample && unitIndex[i - 1]! > unit) inOrder = false;
  }
  if (!inOrder) return sortSpikes(sampleIndex, unitIndex);
  return { sampleIndex: Float64Array.from(sampleIndex), unitIndex: Int32Array.from(unitIndex) };
}
