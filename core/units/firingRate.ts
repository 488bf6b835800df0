/** How the timeline is cut, s. */
export interface RateBins {
  readonly bins: number;
  readonly seconds: number;
}

/** Counts the spikes of one train, whose segment starts at `startS` of the timeline, into out: [bins]. */
export function addSpikes(
  out: Float64Array,
  train: Float64Array,
  startS: number,
  samplingFrequency: number,
  { bins, seconds }: RateBins,
): void {
  for (let i = 0; i < train.length; i++) {
    const place = ((startS + train[i]! / samplingFrequency) / seconds) * bins;
    out[Math.min(bins - 1, Math.floor(place))]!++;
  }
}
