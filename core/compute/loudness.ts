import { MAD_OF_NORMAL } from './noiseLevels.ts';
import { medianInPlace } from './rowMedians.ts';

/** Of each channel's samples so many are looked at for its noise: enough for 2 %. */
const NOISE_SAMPLES = 2048;

/** What a block tells of each channel, in the samples' own unit. [channels] */
export interface Loudness {
  /** Standard deviation. */
  readonly deviation: Float64Array;
  /** How often it falls below its median less `times` its noise; above, where its gain is negative. */
  readonly crossings: Int32Array;
}

/**
 * data: [frames][channels]. Noise is the median distance to the median, as a normal distribution's standard deviation,
 * of evenly spaced samples. `upwards` tells of a channel whether its spikes point up. [channels]
 */
export function loudness(data: Float32Array, channels: number, times: number, upwards: ArrayLike<boolean>): Loudness {
  const frames = data.length / channels;
  const threshold = new Float64Array(channels);
  const first = data.slice(0, channels);
  const every = Math.max(1, Math.floor(frames / NOISE_SAMPLES));
  const column = new Float32Array(Math.ceil(frames / every));
  for (let c = 0; c < channels; c++) {
    for (let i = 0, at = c; i < column.length; i++, at += every * channels) column[i] = data[at]!;
    const median = medianInPlace(column);
    for (let i = 0; i < column.length; i++) column[i] = Math.abs(column[i]! - median);
    const noise = medianInPlace(column) / MAD_OF_NORMAL;
    threshold[c] = upwards[c] ? -(median + times * noise) : median - times * noise;
  }
  const sign = Float64Array.from({ length: channels }, (_, c) => (upwards[c] ? -1 : 1));
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const crossings = new Int32Array(channels);
  // A channel that begins below has not crossed.
  const below = new Uint8Array(channels).fill(1);
  for (let f = 0, at = 0; f < frames; f++)
    for (let c = 0; c < channels; c++, at++) {
      const sample = data[at]!;
      const value = sample - first[c]!; // from the first: a large offset takes no digits
      sum[c]! += value;
      squares[c]! += value * value;
      const under = sample * sign[c]! < threshold[c]! ? 1 : 0;
      crossings[c]! += under & (below[c]! ^ 1);
      below[c] = under;
    }
  return {
    deviation: sum.map((total, c) => Math.sqrt(Math.max(0, squares[c]! / frames - (total / frames) ** 2))),
    crossings,
  };
}
