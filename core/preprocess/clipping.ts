/** What samples at and beyond a limit become. */
export interface Limit {
  readonly at: number;
  readonly becomes: number;
}

export interface Clipping {
  readonly low: Limit | undefined;
  readonly high: Limit | undefined;
}

const NONE: Limit = { at: Number.NaN, becomes: Number.NaN };

/** In place; samples that are NaN stay. */
export function applyClipping(data: Float32Array, _frames: number, { low, high }: Clipping): Float32Array {
  // Nothing is below or above NaN.
  const { at: least, becomes: floor } = low ?? NONE;
  const { at: most, becomes: ceiling } = high ?? NONE;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value <= least) data[i] = floor;
    else if (value >= most) data[i] = ceiling;
  }
  return data;
}
