import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Points in a space of few dimensions. values: [count][dimensions] */
export interface Points {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** The points along their `dimensions` directions of largest variance, centred. Covariance from at most 2000 of them. */
export function principal(points: Points, dimensions: number): Points {
  const { count, dimensions: from, values } = points;
  const to = Math.min(dimensions, from);
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const step = Math.max(1, Math.ceil(count / 2000));
  const some = all.filter((i) => i % step === 0);
  const mean = meanOf(points, some);
  const covariance = covarianceOf(points, some, mean);
  const eigen = new EigenvalueDecomposition(Matrix.from1DArray(from, from, covariance), { assumeSymmetric: true });
  const largest = eigen.realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => eigen.realEigenvalues[b]! - eigen.realEigenvalues[a]!);
  const axes = new Float64Array(to * from);
  for (let k = 0; k < to; k++)
    for (let d = 0; d < from; d++) axes[k * from + d] = eigen.eigenvectorMatrix.get(d, largest[k]!);
  const out = new Float32Array(count * to);
  const centred = new Float64Array(from);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < from; d++) centred[d] = values[i * from + d]! - mean[d]!;
    for (let k = 0; k < to; k++) {
      let sum = 0;
      for (let d = 0; d < from; d++) sum += axes[k * from + d]! * centred[d]!;
      out[i * to + k] = sum;
    }
  }
  return { count, dimensions: to, values: out };
}

export function select(points: Points, rows: Int32Array): Points {
  const { dimensions, values } = points;
  const out = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => {
    out.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  return { count: rows.length, dimensions, values: out };
}

export function meanOf(points: Points, rows: Int32Array): Float64Array {
  const { dimensions, values } = points;
  const mean = new Float64Array(dimensions);
  for (const row of rows) for (let d = 0; d < dimensions; d++) mean[d]! += values[row * dimensions + d]!;
  return mean.map((v) => v / Math.max(1, rows.length));
}

/** [dimensions][dimensions] */
export function covarianceOf(points: Points, rows: Int32Array, mean: Float64Array): Float64Array {
  const { dimensions, values } = points;
  const out = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (const row of rows) {
    for (let d = 0; d < dimensions; d++) centred[d] = values[row * dimensions + d]! - mean[d]!;
    for (let a = 0; a < dimensions; a++)
      for (let b = 0; b <= a; b++) out[a * dimensions + b]! += centred[a]! * centred[b]!;
  }
  const scale = 1 / Math.max(1, rows.length - 1);
  for (let a = 0; a < dimensions; a++)
    for (let b = 0; b <= a; b++) {
      const v = out[a * dimensions + b]! * scale;
      out[a * dimensions + b] = v;
      out[b * dimensions + a] = v;
    }
  return out;
}
