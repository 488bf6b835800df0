import { roundHalfEven } from '../analyzer/correlate.ts';

/** How intervals are binned, in frames. */
export interface IsiBins {
  readonly binFrames: number;
  readonly bins: number;
}

/** Bins of whole frames from 0, as SpikeInterface's isi_histograms: a window that is no multiple of the bin is cut. */
export function isiBins(samplingFrequency: number, windowMs: number, binMs: number): IsiBins {
  const binFrames = Math.max(1, roundHalfEven(samplingFrequency * binMs * 1e-3));
  const windowFrames = roundHalfEven(samplingFrequency * windowMs * 1e-3);
  return { binFrames, bins: Math.max(1, Math.floor(windowFrames / binFrames)) };
}

/** Counts the intervals of one train (ascending) into out: [bins]. As numpy's histogram, the last bin has its right border. */
export function addIntervals(out: Float64Array, train: Float64Array, { binFrames, bins }: IsiBins): void {
  for (let i = 1; i < train.length; i++) {
    const interval = train[i]! - train[i - 1]!;
    if (interval < bins * binFrames) out[Math.floor(interval / binFrames)]!++;
    else if (interval === bins * binFrames) out[bins - 1]!++;
  }
}
