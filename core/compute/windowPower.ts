/** Fourier sums over windows that are tapered and folded. */
export interface WindowPlan {
  /** Frames of a window; windows overlap by half. */
  readonly size: number;
  /** [size] */
  readonly taper: Float32Array;
  /** [blocks + 1]: a block is four sums over the same places. */
  readonly starts: Int32Array;
  /** Rows of the folded window. */
  readonly places: Int32Array;
  /** [places][4] */
  readonly weights: Float32Array;
}

/**
 * Sum of the squares of all sums over all windows, each freed of its mean: [channels]. data: [frames][channels]. Folded:
 * frames n and size - n become their sum and difference, and again around a quarter where the size is even. Twin of the
 * kernel of that name.
 */
export function windowPower(data: Float32Array, frames: number, channels: number, plan: WindowPlan): Float32Array {
  const { size, taper, starts, places, weights } = plan;
  const power = new Float32Array(channels);
  const folded = new Float32Array(size);
  for (let c = 0; c < channels; c++)
    for (let w = 0; w < windowsIn(frames, size); w++) {
      const first = w * hopOf(size) * channels + c;
      let mean = 0;
      for (let n = 0; n < size; n++) mean += data[first + n * channels]!;
      mean /= size;
      for (let n = 0; n < size; n++) folded[n] = (data[first + n * channels]! - mean) * taper[n]!;
      fold(folded, size);
      for (let b = 0; b + 1 < starts.length; b++)
        for (let sum = 0; sum < 4; sum++) {
          let total = 0;
          for (let k = starts[b]!; k < starts[b + 1]!; k++) total += folded[places[k]!]! * weights[4 * k + sum]!;
          power[c]! += total * total;
        }
    }
  return power;
}

export function hopOf(size: number): number {
  return size - (size >> 1);
}

export function windowsIn(frames: number, size: number): number {
  return Math.floor((frames - size) / hopOf(size)) + 1;
}

function fold(values: Float32Array, size: number): void {
  const pair = (sum: number, difference: number) => {
    const [a, b] = [values[sum]!, values[difference]!];
    values[sum] = a + b;
    values[difference] = a - b;
  };
  for (let n = 1; n < size - n; n++) pair(n, size - n);
  if (size % 2 === 1) return;
  const half = size / 2;
  for (let n = 0; n < half - n; n++) pair(n, half - n);
  for (let n = 1; n < half - n; n++) pair(size - n, half + n);
}
