import { UserError } from '../shared/errors.ts';
import type { SegmentSpikes } from '../shared/sorting.ts';
import type { Contents } from './contents.ts';
import { spikesAt } from './randomSpikes.ts';
import type { Stored } from './stored.ts';

/** Places of the random spikes in the spikes of all segments, ascending. */
export function drawnPlaces(randomSpikes: Stored): Float64Array {
  const indices = randomSpikes.arrays.random_spikes_indices;
  if (indices?.kind !== 'numbers')
    throw new UserError(`${randomSpikes.folder}: random_spikes_indices.npy is missing`, {
      path: randomSpikes.folder,
      hint: 'Compute the random spikes again.',
    });
  return Float64Array.from(indices.data);
}

/** The random spikes, a segment: waveforms.npy has a row for each, in this order. */
export function drawnSpikes(contents: Contents, randomSpikes: Stored): SegmentSpikes[] {
  return spikesAt(contents.sorting, drawnPlaces(randomSpikes));
}

/** Channels of the unit that has most: the width of waveforms.npy. */
export function widthOf(channelsOf: readonly Int32Array[]): number {
  return channelsOf.reduce((most, channels) => Math.max(most, channels.length), 0);
}
