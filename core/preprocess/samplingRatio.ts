/** A sampling rate as a ratio of small whole numbers to another. */
export interface SamplingRatio {
  readonly up: number;
  readonly down: number;
  /** Hz, what the ratio gives exactly. */
  readonly achieved: number;
}

/** A number as the ratio of whole numbers that a float64 is. */
type Ratio = readonly [top: bigint, bottom: bigint];

/**
 * The ratio nearest to to / from whose bottom is at most `maxDenominator`: as SpikeInterface's get_resampling_factors,
 * by continued fractions (Python's Fraction.limit_denominator), without rounding. up is 0 if none is near.
 */
export function samplingRatio(from: number, to: number, maxDenominator: number): SamplingRatio {
  const [fromTop, fromBottom] = ratioOf(from);
  const [toTop, toBottom] = ratioOf(to);
  const [up, down] = limited(reduced(toTop * fromBottom, toBottom * fromTop), BigInt(maxDenominator));
  return { up: Number(up), down: Number(down), achieved: numberOf([fromTop * up, fromBottom * down]) };
}

function ratioOf(value: number): Ratio {
  let bottom = 1n;
  let top = value;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return [BigInt(top), bottom];
}

function reduced(top: bigint, bottom: bigint): Ratio {
  let [a, b] = [top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  return [top / a, bottom / a];
}

function limited([top, bottom]: Ratio, most: bigint): Ratio {
  if (bottom <= most) return [top, bottom];
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [top, bottom];
  for (;;) {
    const whole = n / d;
    const q2 = q0 + whole * q1;
    if (q2 > most) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + whole * p1, q2];
    [n, d] = [d, n - whole * d];
  }
  const more = (most - q0) / q1;
  const other: Ratio = [p0 + more * p1, q0 + more * q1];
  return 2n * d * (q0 + more * q1) <= bottom ? [p1, q1] : other;
}

/** The float64 nearest to a ratio. */
function numberOf([top, bottom]: Ratio): number {
  const shifted = top << 128n;
  const quotient = shifted / bottom;
  // An odd last bit stands for whatever was left over.
  return Number(shifted % bottom === 0n ? quotient : quotient | 1n) / 2 ** 128;
}
