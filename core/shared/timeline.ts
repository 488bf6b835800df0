/** Segments one after the other, as pictures over the whole recording show them. */
export interface Timeline {
  /** Where each segment starts on it, s. */
  readonly startS: readonly number[];
  readonly totalS: number;
}

/** The timeline of segments of so many frames. */
export function timeline(numFrames: readonly number[], samplingFrequency: number): Timeline {
  const startS: number[] = [];
  let totalS = 0;
  for (const frames of numFrames) {
    startS.push(totalS);
    totalS += frames / samplingFrequency;
  }
  return { startS, totalS };
}

/** Which segment a time of the timeline falls into, and the time in it; times outside are taken to its ends. */
export function atTime({ startS }: Timeline, timeS: number): { readonly segment: number; readonly timeS: number } {
  const segment = Math.max(
    0,
    startS.findLastIndex((start) => start <= timeS),
  );
  return { segment, timeS: Math.max(0, timeS - (startS[segment] ?? 0)) };
}
