import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** scikit-learn's names, of GraphicalLasso. */
export interface LassoOptions {
  /** Outer iterations end at a dual gap below this, inner ones at this part of the squared target. */
  readonly tol: number;
  readonly enet_tol: number;
  readonly max_iter: number;
}

export interface LassoResult {
  readonly covariance: Float64Array;
  readonly precision: Float64Array;
}

/**
 * Covariance [size][size] whose inverse is sparse (Friedman, Hastie & Tibshirani 2008): column by column a regression
 * with an L1 penalty `alpha`, by coordinate descent, as scikit-learn's graphical_lasso starts and ends it. Undefined
 * where the numbers run away: the matrix is too near to singular for so small a penalty.
 */
export function graphicalLasso(
  empirical: Float64Array,
  size: number,
  alpha: number,
  options: LassoOptions,
  start: Float64Array = empirical,
): LassoResult | undefined {
  if (alpha === 0) return { covariance: empirical, precision: inverse(empirical, size) };
  // A start with weaker correlations: nearer to solvable.
  const covariance = start.map((value, i) => (i % (size + 1) === 0 ? empirical[i]! : 0.95 * value));
  const precision = inverse(covariance, size);
  const others = new Int32Array(size - 1);
  const weights = new Float64Array(size - 1);
  const target = new Float64Array(size - 1);
  const product = new Float64Array(size - 1);
  for (let round = 0; round < options.max_iter; round++) {
    for (let c = 0; c < size; c++) {
      for (let i = 0; i < size - 1; i++) others[i] = i < c ? i : i + 1;
      const own = precision[c * size + c]! + 1000 * Number.EPSILON;
      for (let i = 0; i < size - 1; i++) {
        weights[i] = -precision[others[i]! * size + c]! / own;
        target[i] = empirical[c * size + others[i]!]!;
      }
      regress(covariance, size, others, target, weights, product, alpha, options);
      let explained = 0;
      for (let i = 0; i < size - 1; i++) explained += covariance[others[i]! * size + c]! * weights[i]!;
      const peak = 1 / (covariance[c * size + c]! - explained);
      precision[c * size + c] = peak;
      for (let i = 0; i < size - 1; i++) {
        const at = others[i]!;
        precision[at * size + c] = precision[c * size + at] = -peak * weights[i]!;
        covariance[at * size + c] = covariance[c * size + at] = product[i]!;
      }
    }
    if (!precision.every(Number.isFinite)) return undefined;
    if (Math.abs(dualGap(empirical, precision, size, alpha)) < options.tol) break;
    if (round > 0 && !Number.isFinite(logLikelihood(empirical, precision, size))) return undefined;
  }
  return { covariance, precision };
}

function dualGap(empirical: Float64Array, precision: Float64Array, size: number, alpha: number): number {
  let gap = -size;
  for (let i = 0; i < precision.length; i++) {
    gap += empirical[i]! * precision[i]!;
    if (i % (size + 1) !== 0) gap += alpha * Math.abs(precision[i]!);
  }
  return gap;
}

/**
 * Least ½ wᵀQw - qᵀw + alpha |w|₁, in place of `weights`; Q: the rows and columns `others` of `covariance`, q: `target`.
 * Leaves Qw in `product`.
 */
function regress(
  covariance: Float64Array,
  size: number,
  others: Int32Array,
  target: Float64Array,
  weights: Float64Array,
  product: Float64Array,
  alpha: number,
  { enet_tol, max_iter }: LassoOptions,
): void {
  const count = others.length;
  product.fill(0);
  let norm = 0;
  for (let i = 0; i < count; i++) {
    norm += target[i]! ** 2;
    if (weights[i] !== 0) addRow(covariance, others[i]! * size, others, weights[i]!, product);
  }
  const tolerance = enet_tol * norm;
  const first = regressionGap(target, weights, product, norm, alpha);
  if (first >= 0 && first <= tolerance) return;
  for (let round = 0; round < Math.max(20, max_iter); round++) {
    let largest = 0;
    let moved = 0;
    for (let i = 0; i < count; i++) {
      const row = others[i]! * size;
      const diagonal = covariance[row + others[i]!]!;
      if (diagonal === 0) continue;
      const before = weights[i]!;
      const pull = target[i]! - product[i]! + before * diagonal;
      const after = (Math.sign(pull) * Math.max(Math.abs(pull) - alpha, 0)) / diagonal;
      weights[i] = after;
      if (after !== before) addRow(covariance, row, others, after - before, product);
      moved = Math.max(moved, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
    if (largest > 0 && moved / largest > enet_tol) continue;
    if (regressionGap(target, weights, product, norm, alpha) <= tolerance) return;
  }
}

function addRow(covariance: Float64Array, row: number, others: Int32Array, times: number, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * covariance[row + others[i]!]!;
}

function regressionGap(
  target: Float64Array,
  weights: Float64Array,
  product: Float64Array,
  norm: number,
  alpha: number,
): number {
  let [dual, fit, along, size] = [0, 0, 0, 0];
  for (let i = 0; i < target.length; i++) {
    dual = Math.max(dual, Math.abs(target[i]! - product[i]!));
    fit += weights[i]! * product[i]!;
    along += weights[i]! * target[i]!;
    size += Math.abs(weights[i]!);
  }
  const rest = norm + fit - 2 * along;
  const scale = dual > alpha ? alpha / dual : 1;
  return 0.5 * rest * (1 + scale * scale) + alpha * size - scale * (norm - along);
}

/** Of Gaussian data of covariance `empirical`, a frame, under `precision`; -Infinity if that is no precision. */
export function logLikelihood(empirical: Float64Array, precision: Float64Array, size: number): number {
  let sum = -size * Math.log(2 * Math.PI);
  for (let i = 0; i < precision.length; i++) sum -= empirical[i]! * precision[i]!;
  return (sum + logDeterminant(precision, size)) / 2;
}

/** By Cholesky's factor; -Infinity unless positive definite. */
function logDeterminant(matrix: Float64Array, size: number): number {
  const factor = matrix.slice();
  let sum = 0;
  for (let j = 0; j < size; j++)
    for (let i = j; i < size; i++) {
      let value = factor[i * size + j]!;
      for (let k = 0; k < j; k++) value -= factor[i * size + k]! * factor[j * size + k]!;
      if (i === j) {
        if (!(value > 0)) return Number.NEGATIVE_INFINITY;
        factor[i * size + j] = Math.sqrt(value);
        sum += Math.log(value);
      } else factor[i * size + j] = value / factor[j * size + j]!;
    }
  return sum;
}

/** Pseudo-inverse of a symmetric matrix. */
function inverse(matrix: Float64Array, size: number): Float64Array {
  const rows = Array.from({ length: size }, (_, r) => Array.from(matrix.subarray(r * size, (r + 1) * size)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  });
  const vectors = Float64Array.from(eigenvectorMatrix.to1DArray());
  const least = size * Number.EPSILON * Math.max(...realEigenvalues.map(Math.abs));
  const scales = realEigenvalues.map((value) => (Math.abs(value) > least ? 1 / value : 0));
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += vectors[i * size + k]! * scales[k]! * vectors[j * size + k]!;
      out[i * size + j] = out[j * size + i] = sum;
    }
  return out;
}
