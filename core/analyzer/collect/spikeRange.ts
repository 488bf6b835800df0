import { firstFrom } from '../../shared/unitTrains.ts';

/** Places [from, to) of the spikes within frames [startFrame, endFrame). */
export function spikeRange(samples: Float64Array, startFrame: number, endFrame: number): [from: number, to: number] {
  return [firstFrom(samples, startFrame), firstFrom(samples, endFrame)];
}
