import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Covariance } from './covariance.ts';

/** Which channels count as neighbours: distances [channels][channels] µm, and how far they reach. */
export interface Near {
  readonly distances: Float64Array;
  readonly radiusUm: number;
}

/**
 * W = C^(-1/2), [channels in][channels out], so that traces · W have unit covariance. With `near`, column c is that of
 * the whitening of c's neighbours alone. eps as SpikeInterface chooses it: 1e-16, or a thousandth of the median
 * square where samples are smaller than 1 (volts).
 */
export function whiteningMatrix(learnt: Covariance, eps: number | undefined, near?: Near): Float64Array {
  const { matrix, channels, medianSquare } = learnt;
  const small = medianSquare > 0 && medianSquare < 1;
  const added = eps ?? (small ? Math.max(1e-16, medianSquare * 1e-3) : 1e-16);
  const out = new Float64Array(channels * channels);
  if (!near) {
    const all = Array.from({ length: channels }, (_, c) => c);
    const root = inverseRoot(matrix, channels, all, added);
    for (let c = 0; c < channels; c++) out.set(root(c), c * channels); // symmetric: a column is a row
    return out;
  }
  for (let c = 0; c < channels; c++) {
    const around = Array.from({ length: channels }, (_, k) => k).filter(
      (k) => near.distances[c * channels + k]! <= near.radiusUm,
    );
    const column = inverseRoot(matrix, channels, around, added)(around.indexOf(c));
    around.forEach((k, i) => {
      out[k * channels + c] = column[i]!;
    });
  }
  return out;
}

/** Column by column of (C + eps)^(-1/2), C being the rows and columns `picked` of `matrix`. */
function inverseRoot(
  matrix: Float64Array,
  channels: number,
  picked: readonly number[],
  eps: number,
): (column: number) => Float64Array {
  const size = picked.length;
  const part = new Matrix(picked.map((i) => picked.map((j) => matrix[i * channels + j]!)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(part, { assumeSymmetric: true });
  // Below float32's precision an eigenvalue is rounding: SpikeInterface, in float32, cannot get under it either.
  const least = Math.max(...realEigenvalues) * 2 ** -23;
  const scales = realEigenvalues.map((value) => 1 / Math.sqrt(Math.max(value, least) + eps));
  const vectors = Float64Array.from(eigenvectorMatrix.to1DArray()); // [size][eigenvalue]
  return (column) =>
    Float64Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += vectors[i * size + k]! * scales[k]! * vectors[column * size + k]!;
      return sum;
    });
}
