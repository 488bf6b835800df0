/** Slow movement of the tissue along the probe: a triangle wave from `startS` on. */
export interface Drift {
  readonly peakToPeakUm: number;
  readonly periodS: number;
  readonly startS: number;
}

/** Displacement at a time, µm, on a grid of 1 µm (so that few templates have to be made). */
export function displacementUm(drift: Drift | undefined, seconds: number): number {
  if (!drift || seconds < drift.startS) return 0;
  const turn = ((seconds - drift.startS) / drift.periodS + 0.25) % 1;
  const triangle = turn < 0.5 ? 4 * turn - 1 : 3 - 4 * turn;
  return Math.round((triangle * drift.peakToPeakUm) / 2);
}
