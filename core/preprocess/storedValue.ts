import { wholeRange } from '../compute/wholeNumbers.ts';
import type { DType } from '../shared/recording.ts';

/** How a recording of that type holds a value. */
export function storing(dtype: DType): (value: number) => number {
  const range = wholeRange(dtype);
  if (!range) return (value) => value;
  const { low, high } = range;
  return (value) => Math.max(low, Math.min(high, Math.trunc(value)));
}

/** A constant as a recording of that type holds it: whole numbers lose their fraction, as in NumPy's assignment. */
export function storedValue(value: number, dtype: DType): number {
  return storing(dtype)(value);
}
