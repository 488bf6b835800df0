/** What is seen of a histogram. */
export interface BarStretch {
  /** Where the histogram begins in its array, and how many bins it has. */
  readonly first: number;
  readonly bins: number;
  /** Bins that are seen: fractions, and beyond the ends (nothing is drawn there). */
  readonly from: number;
  readonly to: number;
  /** What each height is multiplied by. */
  readonly factor: number;
}

/**
 * A histogram at the resolution of the screen, into `count` pixels of `out` from `at` on. Where bars are thinner than a
 * pixel, the highest that touches it: no peak is lost.
 */
export function fillBarPixels(
  out: Float32Array,
  at: number,
  count: number,
  bars: ArrayLike<number>,
  { first, bins, from, to, factor }: BarStretch,
): void {
  const perPixel = (to - from) / count;
  for (let pixel = 0; pixel < count; pixel++) {
    const start = from + pixel * perPixel + EPSILON;
    const end = start + perPixel - 2 * EPSILON;
    const wide = perPixel <= 1;
    const low = Math.floor(wide ? (start + end) / 2 : start);
    const high = wide ? low : Math.floor(end);
    let most = 0;
    for (let bin = Math.max(0, low); bin <= Math.min(bins - 1, high); bin++) most = Math.max(most, bars[first + bin]!);
    out[at + pixel] = most * factor;
  }
}

/** Bins: so that borders that should meet do. */
const EPSILON = 1e-6;
