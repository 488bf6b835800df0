/** How many of the values lie in each of `bins` equal parts of the range; its upper end belongs to the last. */
export function countBins(values: ArrayLike<number>, range: readonly [number, number], bins: number): Float64Array {
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i]!, range, bins);
    if (bin !== undefined) counts[bin]!++;
  }
  return counts;
}

/** The bin a value lies in; undefined: in none. */
export function binOf(value: number, [low, high]: readonly [number, number], bins: number): number | undefined {
  if (!(value >= low && value <= high)) return undefined;
  return Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
}
