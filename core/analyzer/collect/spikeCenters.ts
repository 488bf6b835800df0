import type { Collector } from '../../shared/compute.ts';
import type { SegmentSpikes } from '../../shared/sorting.ts';
import { type CenterFeature, featureOf } from '../centerOfMass.ts';
import { firstSpikes, type SpikeValues, transferred } from './spikeAmplitudes.ts';
import { spikeRange } from './spikeRange.ts';

export interface SpikeCentersArgs {
  readonly spikes: readonly SegmentSpikes[];
  /** Channels around each unit's main channel. */
  readonly channelsOf: readonly Int32Array[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly nbefore: number;
  readonly nafter: number;
  readonly feature: CenterFeature;
}

/** Collector: the centre of mass of each spike on the channels around its unit's main channel, from raw traces: x, y. */
export function spikeCenters(args: SpikeCentersArgs): Collector {
  const { spikes, channelsOf, nbefore, nafter } = args;
  const parts: SpikeValues[] = [];
  const firstOf = firstSpikes(spikes);
  return {
    collect(block) {
      const { sampleIndex, unitIndex } = spikes[block.segment]!;
      const [from, to] = spikeRange(sampleIndex, block.startFrame, block.startFrame + block.frames);
      const values = new Float32Array(2 * (to - from));
      for (let i = from; i < to; i++) {
        const start = sampleIndex[i]! - nbefore - block.startFrame + block.margin;
        let weight = 0;
        let x = 0;
        let y = 0;
        for (const channel of channelsOf[unitIndex[i]!]!) {
          const at = start * block.channels + channel;
          const value = featureOf(block.data, at, block.channels, nbefore + nafter, nbefore, args.feature);
          weight += value;
          x += value * args.x[channel]!;
          y += value * args.y[channel]!;
        }
        values[2 * (i - from)] = x / weight;
        values[2 * (i - from) + 1] = y / weight;
      }
      parts.push({ first: firstOf[block.segment]! + from, values });
    },
    part: () => transferred(parts),
  };
}
