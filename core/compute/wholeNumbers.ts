import type { DType } from '../shared/recording.ts';

/** What an integer type can hold. */
export interface WholeRange {
  readonly low: number;
  readonly high: number;
}

/** What float32 can say of the range of an integer type; undefined for float32 and float64, which need no rounding. */
export function wholeRange(dtype: DType): WholeRange | undefined {
  const [, sign, digits] = /^(u?)int(\d+)$/.exec(dtype) ?? [];
  if (digits === undefined) return undefined;
  const bits = Number(digits) - (sign === 'u' ? 0 : 1);
  return { low: sign === 'u' ? 0 : -(2 ** bits), high: 2 ** bits - 2 ** Math.max(0, bits - 24) };
}

/**
 * Rounds `data` in place as NumPy does (halves to the even neighbour) and keeps it within `range`, where NumPy's
 * astype would wrap around. NaN stays NaN. Twin of the kernel of that name.
 */
export function wholeNumbers(data: Float32Array, range: WholeRange): void {
  const { low, high } = range;
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    const below = Math.floor(x);
    const over = x - below;
    const whole = over < 0.5 || (over === 0.5 && below % 2 === 0) ? below : below + 1;
    data[i] = Number.isNaN(whole) ? whole : Math.max(low, Math.min(high, whole));
  }
}
