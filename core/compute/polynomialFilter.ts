/** A filter as the polynomials of its transfer function, in powers of the delay; a[0] = 1, both of one length. */
export interface PolynomialFilter {
  readonly b: Float64Array;
  readonly a: Float64Array;
}

/** Made of one length, divided by a[0]. */
export function polynomialFilter(b: readonly number[], a: readonly number[]): PolynomialFilter {
  const taps = Math.max(b.length, a.length);
  const scaled = (side: readonly number[]) => Float64Array.from({ length: taps }, (_, k) => (side[k] ?? 0) / a[0]!);
  return { b: scaled(b), a: scaled(a) };
}

/** Zero-phase filter of every channel of `data` [frames][channels], in place: as SciPy's filtfilt with its odd padding. */
export function polynomialFiltFilt(data: Float32Array, frames: number, channels: number, filter: PolynomialFilter) {
  const edge = Math.max(0, Math.min(3 * filter.b.length, frames - 1));
  const settled = steadyState(filter);
  const row = new Float64Array(frames + 2 * edge);
  for (let c = 0; c < channels; c++) {
    const first = data[c]!;
    const last = data[(frames - 1) * channels + c]!;
    for (let f = 0; f < frames; f++) row[edge + f] = data[f * channels + c]!;
    for (let e = 0; e < edge; e++) {
      row[e] = 2 * first - row[2 * edge - e]!;
      row[edge + frames + e] = 2 * last - row[edge + frames - 2 - e]!;
    }
    for (let way = 0; way < 2; way++) {
      run(row, filter, settled, row[0] ?? 0);
      row.reverse();
    }
    for (let f = 0; f < frames; f++) data[f * channels + c] = row[edge + f]!;
  }
}

/** One direction only, from rest, in place: as SciPy's lfilter, on the flipped traces where `backward`. */
export function polynomialOneWay(
  data: Float32Array,
  frames: number,
  channels: number,
  filter: PolynomialFilter,
  backward: boolean,
): void {
  const settled = steadyState(filter);
  const row = new Float64Array(frames);
  for (let c = 0; c < channels; c++) {
    for (let f = 0; f < frames; f++) row[f] = data[f * channels + c]!;
    if (backward) row.reverse();
    run(row, filter, settled, 0);
    if (backward) row.reverse();
    for (let f = 0; f < frames; f++) data[f * channels + c] = row[f]!;
  }
}

/** In place, from the state that `start` for ever would have left. Direct form II transposed. */
function run(row: Float64Array, { b, a }: PolynomialFilter, settled: Float64Array, start: number): void {
  const last = b.length - 1;
  const z = new Float64Array(last + 1); // the last stays 0
  for (let k = 0; k < last; k++) z[k] = settled[k]! * start;
  for (let i = 0; i < row.length; i++) {
    const x = row[i]!;
    const y = b[0]! * x + z[0]!;
    for (let k = 0; k < last; k++) z[k] = z[k + 1]! + b[k + 1]! * x - a[k + 1]! * y;
    row[i] = y;
  }
}

/** The state that a constant input of 1 settles to. */
function steadyState({ b, a }: PolynomialFilter): Float64Array {
  const sum = (side: Float64Array) => side.reduce((total, value) => total + value, 0);
  const output = sum(b) / sum(a);
  const z = new Float64Array(b.length);
  for (let k = b.length - 2; k >= 0; k--) z[k] = z[k + 1]! + b[k + 1]! - a[k + 1]! * output;
  return z;
}
