import { kernels } from '../compute/kernels.ts';
import { medianInPlace } from '../compute/rowMedians.ts';
import { abortError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording } from '../shared/recording.ts';

/**
 * How much of each channel its neighbours' median explains: the square of their correlation, median over the chunks;
 * NaN for channels without neighbours. As SpikeInterface's neighborhood_r2; distances: [channels][channels] µm.
 */
export async function neighborhoodR2(
  recording: Recording,
  slices: Slices,
  distances: Float64Array,
  radiusUm: number,
  signal: AbortSignal,
): Promise<Float64Array> {
  const channels = recording.info.channelIds.length;
  const neighbors = Array.from({ length: channels }, (_, c) =>
    Int32Array.from(
      Array.from({ length: channels }, (_, k) => k).filter((k) => k !== c && distances[c * channels + k]! < radiusUm),
    ),
  );
  const correlations = Array.from({ length: channels }, (): number[] => []);
  for (const [segment, startFrame, endFrame] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, startFrame, endFrame);
    const frames = endFrame - startFrame;
    subtractChannelMedians(data, frames, channels);
    for (let c = 0; c < channels; c++) {
      const found = neighbors[c]!;
      if (found.length > 0) correlations[c]!.push(correlation(data, frames, channels, c, found));
    }
  }
  return Float64Array.from(correlations, (values) =>
    values.length === 0 ? Number.NaN : medianInPlace(Float64Array.from(values)) ** 2,
  );
}

function subtractChannelMedians(data: Float32Array, frames: number, channels: number): void {
  const column = new Float32Array(frames);
  for (let c = 0; c < channels; c++) {
    for (let f = 0; f < frames; f++) column[f] = data[f * channels + c]!;
    const median = medianInPlace(column);
    for (let f = 0; f < frames; f++) data[f * channels + c]! -= median;
  }
}

/** Of a channel with the median of others at each frame, around 0. */
function correlation(
  data: Float32Array,
  frames: number,
  channels: number,
  channel: number,
  others: Int32Array,
): number {
  const count = others.length;
  const picked = new Float32Array(frames * count);
  for (let f = 0; f < frames; f++)
    for (let k = 0; k < count; k++) picked[f * count + k] = data[f * channels + others[k]!]!;
  const medians = kernels().rowMedians(picked, frames, count);
  let [xx, xy, yy] = [0, 0, 0];
  for (let f = 0; f < frames; f++) {
    const [x, y] = [data[f * channels + channel]!, medians[f]!];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  return xy / (Math.sqrt(xx * yy) || 1);
}
