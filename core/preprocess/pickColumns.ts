/** Which columns of a block go on, in which order. */
export interface Columns {
  readonly from: Int32Array;
  /** One frame of the parent, to work in. */
  readonly row: Float32Array;
}

export function columnsOf(from: readonly number[], channels: number): Columns {
  return { from: Int32Array.from(from), row: new Float32Array(channels) };
}

/** The chosen columns, in the memory of `data` [frames][row.length]. Returns [frames][from.length]. */
export function pickColumns(data: Float32Array, frames: number, { from, row }: Columns): Float32Array {
  const channels = row.length;
  const kept = from.length;
  for (let f = 0; f < frames; f++) {
    // A frame is never written before it is read: what is kept is no longer than what was.
    for (let c = 0, at = f * channels; c < channels; c++, at++) row[c] = data[at]!;
    for (let k = 0, at = f * kept; k < kept; k++, at++) data[at] = row[from[k]!]!;
  }
  return data.subarray(0, frames * kept);
}
