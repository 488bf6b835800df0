/** First place in ascending `samples` that is not before `frame`. */
function firstFrom(samples: Float64Array, frame: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (samples[middle]! < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places [from, to) of the spikes within frames [startFrame, endFrame). */
export function spikeRange(samples: Float64Array, startFrame: number, endFrame: number): [from: number, to: number] {
  return [firstFrom(samples, startFrame), firstFrom(samples, endFrame)];
}
