import { wholeRange } from '../compute/wholeNumbers.ts';
import { abortError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';

/** Standard deviation of each channel over all `slices` together. [channels] */
export async function standardDeviations(
  recording: Recording,
  slices: Slices,
  signal: AbortSignal,
): Promise<Float64Array> {
  const channels = recording.info.channelIds.length;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let shift: Float32Array | undefined;
  let frames = 0;
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, startFrame, endFrame);
    // Around a value of the channel: around 0 a large offset would swallow the digits of the variance.
    shift ??= data.slice(0, channels);
    const count = endFrame - startFrame;
    for (let f = 0, i = 0; f < count; f++)
      for (let c = 0; c < channels; c++, i++) {
        const x = data[i]! - shift[c]!;
        sums[c]! += x;
        squares[c]! += x * x;
      }
    frames += count;
  }
  return squares.map((square, c) => Math.sqrt(Math.max(0, square / frames - (sums[c]! / frames) ** 2)));
}

/** A bin for each value of 16 bits; for others, bins of half a percent. */
const BINS = 2 ** 16;

/**
 * Median distance to the median of each channel over all `slices` together. [channels]. Exact for whole numbers of up
 * to 16 bits, to half a percent for others: the samples themselves would not fit in memory.
 */
export async function medianDeviations(
  recording: Recording,
  slices: Slices,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { channelIds, dtype } = recording.info;
  const channels = channelIds.length;
  const range = wholeRange(dtype);
  const whole = range !== undefined && range.high - range.low < BINS ? range.low : undefined;
  const counts = Array.from({ length: channels }, () => new Uint32Array(BINS));
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, startFrame, endFrame);
    if (whole === undefined) countFloats(data, counts);
    else for (let i = 0; i < data.length; i++) counts[i % channels]![data[i]! - whole]!++;
  }
  const value = whole === undefined ? floatOf : (bin: number) => bin + whole;
  return Float64Array.from(counts, (count) => medianDeviation(count, value));
}

/** By the upper half of the float's bits, turned so that bins are in the order of the values. */
function countFloats(data: Float32Array, counts: readonly Uint32Array[]): void {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < bits.length; i++) {
    const upper = bits[i]! >>> 16;
    counts[i % counts.length]![upper & 0x8000 ? 0xffff - upper : upper | 0x8000]!++;
  }
}

/** Middle of the bin. */
function floatOf(bin: number): number {
  const upper = bin & 0x8000 ? bin & 0x7fff : 0xffff - bin;
  return new Float32Array(Uint32Array.of((upper << 16) | 0x8000).buffer)[0]!;
}

function medianDeviation(counts: Uint32Array, value: (bin: number) => number): number {
  const bins = Array.from(counts.keys()).filter((bin) => counts[bin]! > 0);
  const median = weightedMedian(bins.map((bin) => [value(bin), counts[bin]!]));
  const distances = bins.map((bin): [number, number] => [Math.abs(value(bin) - median), counts[bin]!]);
  return weightedMedian(distances.sort((a, b) => a[0] - b[0]));
}

/** Of values in rising order with how often each is there; the mean of the two middle ones where their number is even. */
function weightedMedian(values: readonly (readonly [number, number])[]): number {
  const total = values.reduce((sum, [, count]) => sum + count, 0);
  const at = (index: number) => {
    let below = 0;
    return values.find(([, count]) => {
      below += count;
      return below > index;
    })?.[0];
  };
  return ((at((total - 1) >> 1) ?? Number.NaN) + (at(total >> 1) ?? Number.NaN)) / 2;
}
