export interface Valley {
  /** How much emptier the middle is than the lesser of the two modes, in deviations of these counts. */
  readonly depth: number;
  /** Where it is emptiest. */
  readonly at: number;
}

/**
 * Is there a valley between two groups of numbers? Counts in a window one deviation wide, at each group's mean and
 * wherever it is least between. Sees two groups of a few dozen, for which isocut has too little to go by.
 * values: those of one group first, `first` of them
 */
export function valley(values: Float32Array, first: number): Valley {
  const a = meanAndSquares(values.subarray(0, first));
  const b = meanAndSquares(values.subarray(first));
  const width = Math.sqrt((a.squares + b.squares) / Math.max(1, values.length - 2));
  const sorted = values.slice().sort();
  const inWindow = (middle: number) =>
    firstNotBelow(sorted, middle + width / 2) - firstNotBelow(sorted, middle - width / 2);
  const [low, high] = a.mean < b.mean ? [a.mean, b.mean] : [b.mean, a.mean];
  const mode = Math.min(inWindow(low), inWindow(high));
  const steps = 32;
  let least = Number.POSITIVE_INFINITY;
  let places: number[] = [];
  for (let i = 1; i < steps; i++) {
    const at = low + ((high - low) * i) / steps;
    const count = inWindow(at);
    if (count < least) {
      least = count;
      places = [];
    }
    if (count === least) places.push(at);
  }
  return { depth: (mode - least) / Math.sqrt(mode + least || 1), at: places[places.length >> 1] ?? low };
}

function meanAndSquares(values: Float32Array): { mean: number; squares: number } {
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / Math.max(1, values.length);
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  return { mean, squares };
}

function firstNotBelow(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
