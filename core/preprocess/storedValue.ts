import { wholeRange } from '../compute/wholeNumbers.ts';
import type { DType } from '../shared/recording.ts';

/** A constant as a recording of that type holds it: whole numbers lose their fraction, as in NumPy's assignment. */
export function storedValue(value: number, dtype: DType): number {
  const range = wholeRange(dtype);
  return range ? Math.max(range.low, Math.min(range.high, Math.trunc(value))) : value;
}
