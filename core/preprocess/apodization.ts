import type { Period } from './periods.ts';

/**
 * Periods made longer by `taper` on both sides, overlapping ones joined: SpikeInterface's mask, as it is in the first
 * chunk of a recording (in later chunks its periods are shifted by twice the taper).
 */
export function mergedPeriods(
  periods: readonly Period[],
  taper: number,
  numFrames: readonly number[],
): readonly Period[] {
  const out: Period[] = [];
  for (const { segment, start, end } of periods) {
    const from = Math.max(0, start - taper);
    const to = Math.min(numFrames[segment] ?? 0, end + taper);
    const last = out.at(-1);
    if (last?.segment === segment && last.end >= from) out[out.length - 1] = { ...last, end: Math.max(last.end, to) };
    else out.push({ segment, start: from, end: to });
  }
  return out;
}

/**
 * Multiplies each frame by max(0, 1 − mask * window), `*` being convolution and the window a cosine of `taper` frames.
 * In place; whole numbers lose their fraction, as in SpikeInterface. periods: of this segment, apart from each other.
 */
export function apodize(
  data: Float32Array,
  frames: number,
  channels: number,
  periods: readonly Period[],
  taper: number,
  startFrame: number,
  whole: boolean,
): void {
  const half = (taper - 1) >> 1;
  const sums = windowSums(taper);
  const reached = periods.filter(
    ({ start, end }) => start - half < startFrame + frames && end + taper - 1 - half > startFrame,
  );
  if (reached.length === 0) return;
  for (let f = 0; f < frames; f++) {
    const centre = startFrame + f + half;
    let covered = 0;
    for (const { start, end } of reached) {
      const first = Math.max(0, centre - (end - 1));
      const last = Math.min(taper - 1, centre - start);
      if (first <= last) covered += sums[last + 1]! - sums[first]!;
    }
    if (covered === 0) continue;
    const left = Math.max(0, 1 - covered);
    for (let i = f * channels; i < (f + 1) * channels; i++) {
      const value = data[i]! * left;
      data[i] = whole ? Math.trunc(value) : value;
    }
  }
}

/** Sums of the first 0, 1, 2 … values of scipy.signal.windows.cosine(length). */
function windowSums(length: number): Float64Array {
  const sums = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) sums[i + 1] = sums[i]! + Math.sin((Math.PI / length) * (i + 0.5));
  return sums;
}
