/** The stretch around a trough that stands for a spike. */
export interface Window {
  /** Frames before the trough. */
  readonly before: number;
  /** Frames in all. */
  readonly samples: number;
}

const MS_BEFORE = 0.8;
const MS_AFTER = 1.5;

export function spikeWindow(samplingFrequency: number): Window {
  const before = frames(MS_BEFORE, samplingFrequency);
  return { before, samples: before + 1 + frames(MS_AFTER, samplingFrequency) };
}

/** A time in whole frames. */
export function frames(ms: number, samplingFrequency: number): number {
  return Math.round((ms * samplingFrequency) / 1000);
}
