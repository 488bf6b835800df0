/**
 * Best fit to y that first rises, then falls (least squares, weights w), and where it turns. Pool adjacent violators,
 * run from both ends; the turn is where the two errors together are least.
 */
export function upDown(y: Float64Array, w: Float64Array): { fit: Float64Array; peak: number } {
  const n = y.length;
  const up = prefixErrors(y, w);
  const down = prefixErrors(y.slice().reverse(), w.slice().reverse());
  let peak = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const error = up[i]! + down[n - 1 - i]!;
    if (error < least) {
      least = error;
      peak = i;
    }
  }
  const fit = new Float64Array(n);
  fit.set(rising(y.subarray(0, peak + 1), w.subarray(0, peak + 1)));
  fit.set(rising(y.slice(peak).reverse(), w.slice(peak).reverse()).reverse(), peak);
  return { fit, peak };
}

/** Best fit that first falls, then rises. */
export function downUp(y: Float64Array, w: Float64Array): Float64Array {
  return upDown(
    y.map((v) => -v),
    w,
  ).fit.map((v) => -v);
}

/** Blocks of equal fitted value: first index, weight, weighted sum and sum of squares of each. */
interface Pool {
  count: number;
  readonly first: Int32Array;
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

function push(pool: Pool, index: number, y: number, w: number): void {
  let k = pool.count++;
  pool.first[k] = index;
  pool.weight[k] = w;
  pool.sum[k] = w * y;
  pool.squares[k] = w * y * y;
  for (; k > 0 && pool.sum[k - 1]! * pool.weight[k]! >= pool.sum[k]! * pool.weight[k - 1]!; k--) {
    pool.weight[k - 1]! += pool.weight[k]!;
    pool.sum[k - 1]! += pool.sum[k]!;
    pool.squares[k - 1]! += pool.squares[k]!;
    pool.count--;
  }
}

function emptyPool(n: number): Pool {
  const numbers = () => new Float64Array(n);
  return { count: 0, first: new Int32Array(n), weight: numbers(), sum: numbers(), squares: numbers() };
}

/** Squared error of the best rising fit to y[0 … i], for each i. */
function prefixErrors(y: Float64Array, w: Float64Array): Float64Array {
  const pool = emptyPool(y.length);
  const errors = new Float64Array(y.length);
  const within = new Float64Array(y.length + 1);
  for (let i = 0; i < y.length; i++) {
    push(pool, i, y[i]!, w[i]!);
    const k = pool.count - 1;
    const error = pool.squares[k]! - pool.sum[k]! ** 2 / pool.weight[k]!;
    within[k + 1] = within[k]! + Math.max(0, error);
    errors[i] = within[k + 1]!;
  }
  return errors;
}

function rising(y: Float64Array, w: Float64Array): Float64Array {
  const pool = emptyPool(y.length);
  for (let i = 0; i < y.length; i++) push(pool, i, y[i]!, w[i]!);
  const fit = new Float64Array(y.length);
  for (let k = 0; k < pool.count; k++)
    fit.fill(pool.sum[k]! / pool.weight[k]!, pool.first[k], k + 1 < pool.count ? pool.first[k + 1] : y.length);
  return fit;
}
