/** Templates on their own channels only, as phy's templates.npy and template_ind.npy. */
export interface SparseTemplates {
  readonly units: number;
  readonly samples: number;
  /** Largest number of channels of a unit. */
  readonly columns: number;
  /** [units][samples][columns], 0 where there is no channel */
  readonly data: Float32Array;
  /** [units][columns], -1 where there is none. Largest channel first: phylib takes the first for the main one. */
  readonly channels: Int32Array;
}

/**
 * dense: [units][samples][channels]; mask: [units][channels], not 0 where a unit has a channel. `atLeast`: phylib
 * squeezes away a first axis of length 1, so a lone template is given an empty second one.
 */
export function sparseTemplates(
  dense: Float32Array | Float64Array,
  mask: Uint8Array,
  [units, samples, channels]: readonly [number, number, number],
  atLeast = 2,
): SparseTemplates {
  const own = Array.from({ length: units }, (_, u) => channelsBySize(dense, mask, u, samples, channels));
  const columns = Math.max(1, ...own.map((list) => list.length));
  const rows = Math.max(units, atLeast);
  const data = new Float32Array(rows * samples * columns);
  const ind = new Int32Array(rows * columns).fill(-1);
  own.forEach((list, u) => {
    list.forEach((channel, k) => {
      ind[u * columns + k] = channel;
      for (let s = 0; s < samples; s++)
        data[(u * samples + s) * columns + k] = dense[(u * samples + s) * channels + channel]!;
    });
  });
  return { units: rows, samples, columns, data, channels: ind };
}

/** The channels of a unit, largest peak to peak first. A unit without any keeps its first channel of all. */
function channelsBySize(
  dense: Float32Array | Float64Array,
  mask: Uint8Array,
  unit: number,
  samples: number,
  channels: number,
): number[] {
  const size = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let s = 0; s < samples; s++) {
      const v = dense[(unit * samples + s) * channels + c]!;
      if (v < min) min = v;
      if (v > max) max = v;
    }
    size[c] = max - min;
  }
  const own = Array.from({ length: channels }, (_, c) => c).filter((c) => mask[unit * channels + c] !== 0);
  return own.length > 0 ? own.sort((a, b) => size[b]! - size[a]!) : [0];
}

/** Cosine of every two templates. dense: [units][size]; out: [units][units] */
export function cosineSimilarity(dense: Float32Array | Float64Array, units: number): Float32Array {
  const size = units === 0 ? 0 : dense.length / units;
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += dense[a * size + i]! * dense[b * size + i]!;
    return sum;
  };
  const norms = Array.from({ length: units }, (_, u) => Math.sqrt(dot(u, u)));
  const out = new Float32Array(units * units);
  for (let a = 0; a < units; a++)
    for (let b = a; b < units; b++) {
      const scale = norms[a]! * norms[b]!;
      out[a * units + b] = out[b * units + a] = a === b ? 1 : scale > 0 ? dot(a, b) / scale : 0;
    }
  return out;
}

/** A square matrix with `rows` rows and columns: what is added is 1 on the diagonal, else 0. */
export function padded(square: ArrayLike<number>, from: number, rows: number): Float32Array {
  const out = new Float32Array(rows * rows);
  for (let a = 0; a < rows; a++)
    for (let b = 0; b < rows; b++) out[a * rows + b] = a < from && b < from ? square[a * from + b]! : a === b ? 1 : 0;
  return out;
}
