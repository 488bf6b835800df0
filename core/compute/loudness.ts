import { MAD_OF_NORMAL } from './noiseLevels.ts';
import { medianInPlace } from './rowMedians.ts';

/** Samples looked at for the noise of all channels together, but no fewer of each than the second: enough for 3 %. */
const NOISE_SAMPLES = 500_000;
const LEAST_NOISE_SAMPLES = 1024;
/** Frames looked at for the standard deviation. */
const DEVIATION_FRAMES = 4096;

/** What a block tells of each channel, in the samples' own unit. [channels] */
export interface Loudness {
  /** Standard deviation, of evenly spaced frames. */
  readonly deviation: Float64Array;
  /** How often it falls below its median less so many times its noise; above, where its spikes point up. */
  readonly crossings: Int32Array;
}

/**
 * data: [frames][channels]. Noise is the median distance to the median, as a normal distribution's standard deviation,
 * of evenly spaced samples. `upwards` tells of a channel whether its spikes point up. [channels]
 */
export function loudness(data: Float32Array, channels: number, times: number, upwards: ArrayLike<boolean>): Loudness {
  const [low, high] = thresholds(data, channels, times, upwards);
  return { deviation: deviations(data, channels), crossings: crossingsOf(data, channels, low, high) };
}

/** Below the first or above the second lies what crosses; infinite where nothing can. [channels] each */
function thresholds(data: Float32Array, channels: number, times: number, upwards: ArrayLike<boolean>) {
  const frames = data.length / channels;
  const samples = Math.max(LEAST_NOISE_SAMPLES, NOISE_SAMPLES / channels);
  const every = Math.max(1, Math.floor(frames / samples));
  const column = new Float32Array(Math.ceil(frames / every));
  const low = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  const high = new Float32Array(channels).fill(Number.POSITIVE_INFINITY);
  for (let c = 0; c < channels; c++) {
    for (let i = 0, at = c; i < column.length; i++, at += every * channels) column[i] = data[at]!;
    const median = medianInPlace(column);
    for (let i = 0; i < column.length; i++) column[i] = Math.abs(column[i]! - median);
    const noise = medianInPlace(column) / MAD_OF_NORMAL;
    if (upwards[c]) high[c] = median + times * noise;
    else low[c] = median - times * noise;
  }
  return [low, high] as const;
}

/** A channel that begins beyond its threshold has not crossed it yet. */
function crossingsOf(data: Float32Array, channels: number, low: Float32Array, high: Float32Array): Int32Array {
  const frames = data.length / channels;
  const crossings = new Int32Array(channels);
  const beyond = new Int32Array(channels).fill(-1); // the last frame that was
  for (let f = 0, at = 0; f < frames; f++)
    for (let c = 0; c < channels; c++, at++) {
      const value = data[at]!;
      if (!(value < low[c]! || value > high[c]!)) continue; // NaN does not cross
      if (beyond[c]! !== f - 1) crossings[c]!++;
      beyond[c] = f;
    }
  return crossings;
}

function deviations(data: Float32Array, channels: number): Float64Array {
  const frames = data.length / channels;
  const every = Math.max(1, Math.floor(frames / DEVIATION_FRAMES));
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let count = 0;
  for (let f = 0; f < frames; f += every, count++)
    for (let c = 0, at = f * channels; c < channels; c++, at++) {
      const value = data[at]! - data[c]!; // from the first: a large offset takes no digits
      sum[c]! += value;
      squares[c]! += value * value;
    }
  return sum.map((total, c) => Math.sqrt(Math.max(0, squares[c]! / count - (total / count) ** 2)));
}
