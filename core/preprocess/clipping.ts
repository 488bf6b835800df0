/** What samples at and beyond a limit become. */
export interface Limit {
  readonly at: number;
  readonly becomes: number;
}

export interface Clipping {
  readonly low: Limit | undefined;
  readonly high: Limit | undefined;
}

/** In place; samples that are NaN stay. */
export function applyClipping(data: Float32Array, _frames: number, { low, high }: Clipping): Float32Array {
  if (low) {
    const { at, becomes } = low;
    for (let i = 0; i < data.length; i++) if (data[i]! <= at) data[i] = becomes;
  }
  if (high) {
    const { at, becomes } = high;
    for (let i = 0; i < data.length; i++) if (data[i]! >= at) data[i] = becomes;
  }
  return data;
}
