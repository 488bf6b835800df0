// Median of each row. The TypeScript twins: core/compute/rowMedians.ts.

import { whole } from './round';

/** Rows of fewer columns are selected from directly. */
const FEW: i32 = 24;
const BAND: i32 = 64;

/**
 * What rowMedians computes, subtracted from `data` (as there) in place, rounded into [low, high] unless low > high.
 * medians: f32 [BAND].
 */
export function subtractMedians(
  data: usize, rows: i32, columns: i32, stride: i32, medians: usize, bracket: usize, low: f32, high: f32,
): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  // A band at a time: its rows are still in the cache when their medians are known.
  for (let r = 0; r < rows; r += BAND) {
    const count = min(BAND, rows - r);
    const band = data + (<usize>r * <usize>stride << 2);
    rowMedians(band, count, columns, stride, medians, bracket);
    for (let i = 0; i < count; i++) {
      const median = v128.load32_splat(medians + (<usize>i << 2));
      const row = band + (<usize>i * <usize>stride << 2);
      const end = row + (<usize>stride << 2);
      if (low > high) for (let at = row; at < end; at += 16) v128.store(at, f32x4.sub(v128.load(at), median));
      else for (let at = row; at < end; at += 16) v128.store(at, whole(f32x4.sub(v128.load(at), median), least, most));
    }
  }
}

/**
 * data: f32 [rows][stride], the first `columns` of each row count (at least 1); the rest must be +Infinity and
 * `stride` a multiple of 4. out: f32 [rows]. bracket: stride * 4 bytes.
 *
 * The median lies near the mean, by about as much as in the row before: each row starts from a bracket there, one look
 * at the row counts what lies below either end, and only what lies inside is sorted. Rows with NaN give NaN.
 */
export function rowMedians(data: usize, rows: i32, columns: i32, stride: i32, out: usize, bracket: usize): void {
  const low = (columns - 1) >> 1;
  const high = columns >> 1;
  if (columns < FEW) {
    for (let r = 0; r < rows; r++)
      store<f32>(out + (<usize>r << 2), direct(data + (<usize>r * <usize>stride << 2), columns, low, high, bracket));
    return;
  }
  const wanted = columns >> 3;
  let median: f32 = 0;
  let beside: f32 = 0;
  let reach = rows > 0 ? firstReach(data, columns) : 1;
  for (let r = 0; r < rows; r++) {
    const row = data + (<usize>r * <usize>stride << 2);
    const mean = meanOf(row, columns);
    let from = mean + beside - reach;
    let to = mean + beside + reach;
    let step = reach;
    const counts = countBoth(row, stride, from, to);
    let below = <i32>(counts >> 32);
    let belowEnd = <i32>counts;
    let attempt = 0;
    let found = below <= low && belowEnd > high;
    for (; !found && attempt < 64; attempt++) {
      step *= 2;
      if (below > low) {
        to = from;
        belowEnd = below;
        from -= step;
        below = countBelow(row, stride, from);
      } else {
        from = to;
        below = belowEnd;
        to += step;
        belowEnd = countBelow(row, stride, to);
      }
      found = below <= low && belowEnd > high;
    }
    if (!found) {
      from = -f32.MAX_VALUE;
      to = f32.POSITIVE_INFINITY;
      below = countBelow(row, stride, from);
    }
    const inside = gather(row, stride, from, to, bracket);
    if (inside < 0) median = f32.NaN;
    else if (!found && below + inside < columns) {
      median = direct(row, columns, low, high, bracket);
    } else {
      const a = select(bracket, inside, low - below);
      const b = low == high ? a : smallest(bracket, inside, high - below);
      median = <f32>((<f64>a + <f64>b) / 2);
    }
    store<f32>(out + (<usize>r << 2), median);
    beside = median - mean;
    if (!(abs(beside) < f32.MAX_VALUE)) {
      beside = 0;
      reach = 1;
    } else if (attempt > 0) reach = min(reach * 1.5, 1e30);
    else if (inside > wanted) reach = max(reach * 0.9, 1e-30);
  }
}

/** About an eighth of a row of Gaussian numbers lies this near its median. */
function firstReach(row: usize, columns: i32): f32 {
  const mean = meanOf(row, columns);
  let sum: f32 = 0;
  for (let c = 0; c < columns; c++) sum += abs(load<f32>(row + (<usize>c << 2)) - mean);
  const reach = <f32>0.2 * sum / <f32>columns;
  return reach > 1e-30 && reach < f32.MAX_VALUE ? reach : 1;
}

function meanOf(row: usize, columns: i32): f32 {
  let sums = f32x4.splat(0);
  const end = row + (<usize>(columns & ~3) << 2);
  for (let at = row; at < end; at += 16) sums = f32x4.add(sums, v128.load(at));
  let sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    f32x4.extract_lane(sums, 2) +
    f32x4.extract_lane(sums, 3);
  for (let c = columns & ~3; c < columns; c++) sum += load<f32>(row + (<usize>c << 2));
  return sum / <f32>columns;
}

/** countBelow of two values at once: the first's in the upper half. */
function countBoth(row: usize, stride: i32, a: f32, b: f32): i64 {
  const pivotA = f32x4.splat(a);
  const pivotB = f32x4.splat(b);
  let countA = i32x4.splat(0);
  let countB = countA;
  const end = row + (<usize>stride << 2);
  for (let at = row; at < end; at += 16) {
    const x = v128.load(at);
    countA = i32x4.sub(countA, f32x4.lt(x, pivotA));
    countB = i32x4.sub(countB, f32x4.lt(x, pivotB));
  }
  return (<i64>total(countA) << 32) | <i64>total(countB);
}

function countBelow(row: usize, stride: i32, value: f32): i32 {
  const pivot = f32x4.splat(value);
  let count = i32x4.splat(0);
  const end = row + (<usize>stride << 2);
  for (let at = row; at < end; at += 16) count = i32x4.sub(count, f32x4.lt(v128.load(at), pivot));
  return total(count);
}

// @ts-ignore: decorator
@inline
function total(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

/** Copies the elements of the row in [from, to) to `out`; returns how many, -1 if the row has a NaN. */
function gather(row: usize, stride: i32, from: f32, to: f32, out: usize): i32 {
  const lower = f32x4.splat(from);
  const upper = f32x4.splat(to);
  const end = row + (<usize>stride << 2);
  let next = out;
  let strange = f32x4.splat(0);
  for (let at = row; at < end; at += 16) {
    const x = v128.load(at);
    strange = v128.or(strange, f32x4.ne(x, x));
    let mask = i32x4.bitmask(v128.and(f32x4.ge(x, lower), f32x4.lt(x, upper)));
    while (mask) {
      store<f32>(next, load<f32>(at + (<usize>ctz(mask) << 2)));
      next += 4;
      mask &= mask - 1;
    }
  }
  return v128.any_true(strange) ? -1 : <i32>((next - out) >> 2);
}

/** Hoare's quickselect: afterwards element `k` is in its place, smaller ones before, larger ones after it. */
function select(values: usize, count: i32, k: i32): f32 {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = load<f32>(values + (<usize>k << 2));
    let i = left;
    let j = right;
    do {
      while (load<f32>(values + (<usize>i << 2)) < pivot) i++;
      while (pivot < load<f32>(values + (<usize>j << 2))) j--;
      if (i <= j) {
        const swapped = load<f32>(values + (<usize>i << 2));
        store<f32>(values + (<usize>i << 2), load<f32>(values + (<usize>j << 2)));
        store<f32>(values + (<usize>j << 2), swapped);
        i++;
        j--;
      }
    } while (i <= j);
    if (j < k) left = i;
    if (k < i) right = j;
  }
  return load<f32>(values + (<usize>k << 2));
}

/** The smallest of values[k…]: after select(k - 1) that is element `k` in order. */
function smallest(values: usize, count: i32, k: i32): f32 {
  let least: f32 = load<f32>(values + (<usize>k << 2));
  for (let i = k + 1; i < count; i++) least = min(least, load<f32>(values + (<usize>i << 2)));
  return least;
}

/** Without a bracket: short rows, and those with infinities or NaN. */
function direct(row: usize, columns: i32, low: i32, high: i32, copy: usize): f32 {
  for (let c = 0; c < columns; c++) {
    const x = load<f32>(row + (<usize>c << 2));
    if (x != x) return f32.NaN;
    store<f32>(copy + (<usize>c << 2), x);
  }
  const a = select(copy, columns, low);
  const b = low == high ? a : smallest(copy, columns, high);
  return <f32>((<f64>a + <f64>b) / 2);
}
