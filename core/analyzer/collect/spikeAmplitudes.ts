import type { Collector } from '../../shared/compute.ts';
import { withTransfer } from '../../shared/rpc.ts';
import type { SegmentSpikes } from '../../shared/sorting.ts';
import type { Scale } from '../scale.ts';
import { spikeRange } from './spikeRange.ts';

export interface SpikeAmplitudesArgs {
  /** Every spike, a segment. */
  readonly spikes: readonly SegmentSpikes[];
  /** Channel of each unit, and where its template peaks, frames after the spike. */
  readonly mainChannels: Int32Array;
  readonly shifts: Int32Array;
  readonly scale: Scale | undefined;
}

/** Values of spikes [first, first + length), counted over all segments. */
export interface SpikeValues {
  readonly first: number;
  readonly values: Float32Array;
}

/** Collector: the value of the traces at each spike's peak. Beyond the borders they are zero raw units. */
export function spikeAmplitudes({ spikes, mainChannels, shifts, scale }: SpikeAmplitudesArgs): Collector {
  const parts: SpikeValues[] = [];
  const firstOf = firstSpikes(spikes);
  return {
    collect(block) {
      const { sampleIndex, unitIndex } = spikes[block.segment]!;
      const [from, to] = spikeRange(sampleIndex, block.startFrame, block.startFrame + block.frames);
      const values = new Float32Array(to - from);
      for (let i = from; i < to; i++) {
        const unit = unitIndex[i]!;
        const channel = mainChannels[unit]!;
        const row = sampleIndex[i]! + shifts[unit]! - block.startFrame + block.margin;
        const value = block.data[row * block.channels + channel]!;
        values[i - from] = scale ? Math.fround(value * scale.gains[channel]!) + scale.offsets[channel]! : value;
      }
      parts.push({ first: firstOf[block.segment]! + from, values });
    },
    part: () => transferred(parts),
  };
}

/** Number of the first spike of each segment. */
export function firstSpikes(spikes: readonly SegmentSpikes[]): number[] {
  let first = 0;
  return spikes.map((segment) => {
    const before = first;
    first += segment.sampleIndex.length;
    return before;
  });
}

export function transferred(parts: SpikeValues[]): SpikeValues[] {
  return withTransfer(
    parts,
    parts.map((part) => part.values.buffer as ArrayBuffer),
  );
}

/** The parts put together. out: [spikes][columns] */
export function allSpikeValues(parts: readonly (readonly SpikeValues[])[], spikes: number, columns = 1): Float32Array {
  const all = new Float32Array(spikes * columns);
  for (const { first, values } of parts.flat()) all.set(values, first * columns);
  return all;
}
