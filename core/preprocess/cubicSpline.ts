/**
 * Weights of a cubic spline through points at `x` (ascending, at least four), with SciPy's "not a knot" ends: row i
 * gives the spline at `at[i]` as a sum over the points. [at.length][x.length]
 */
export function cubicSplineWeights(x: readonly number[], at: readonly number[]): Float64Array[] {
  const slopes = slopeWeights(x);
  return at.map((place) => {
    let i = 0;
    while (i < x.length - 2 && place > x[i + 1]!) i++;
    const width = x[i + 1]! - x[i]!;
    const t = (place - x[i]!) / width;
    // Hermite's polynomial of the two points around and the slopes there.
    const out = new Float64Array(x.length);
    const left = (1 - t) ** 2 * t * width;
    const right = -(t ** 2) * (1 - t) * width;
    for (let k = 0; k < x.length; k++) out[k] = left * slopes[i]![k]! + right * slopes[i + 1]![k]!;
    out[i]! += (1 + 2 * t) * (1 - t) ** 2;
    out[i + 1]! += t ** 2 * (3 - 2 * t);
    return out;
  });
}

/** The spline's slope at each point as a sum over the points: its second derivative is continuous, the third at the ends. */
function slopeWeights(x: readonly number[]): Float64Array[] {
  const n = x.length;
  const h = x.slice(1).map((value, i) => value - x[i]!);
  const rows = Array.from({ length: n }, () => new Float64Array(n)); // of the slopes
  const sides = Array.from({ length: n }, () => new Float64Array(n)); // of the points
  const rise = (row: Float64Array, i: number, weight: number) => {
    row[i + 1]! += weight / h[i]!;
    row[i]! -= weight / h[i]!;
  };
  for (let i = 1; i < n - 1; i++) {
    rows[i]![i - 1] = h[i]!;
    rows[i]![i] = 2 * (h[i - 1]! + h[i]!);
    rows[i]![i + 1] = h[i - 1]!;
    rise(sides[i]!, i - 1, 3 * h[i]!);
    rise(sides[i]!, i, 3 * h[i - 1]!);
  }
  const ends = (row: number, near: number, far: number, own: number, next: number, first: number, second: number) => {
    rows[row]![own] = far;
    rows[row]![next] = near + far;
    rise(sides[row]!, first, ((near + 2 * (near + far)) * far) / (near + far));
    rise(sides[row]!, second, near ** 2 / (near + far));
  };
  ends(0, h[0]!, h[1]!, 0, 1, 0, 1);
  ends(n - 1, h[n - 2]!, h[n - 3]!, n - 1, n - 2, n - 2, n - 3);
  return solved(rows, sides);
}

/** rows⁻¹ · sides by elimination with pivots; both are used up. */
function solved(rows: Float64Array[], sides: Float64Array[]): Float64Array[] {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let r = k + 1; r < n; r++) if (Math.abs(rows[r]![k]!) > Math.abs(rows[best]![k]!)) best = r;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    [sides[k], sides[best]] = [sides[best]!, sides[k]!];
    for (let r = 0; r < n; r++) {
      if (r === k) continue;
      const factor = rows[r]![k]! / rows[k]![k]!;
      if (factor === 0) continue;
      for (let c = 0; c < n; c++) {
        rows[r]![c]! -= factor * rows[k]![c]!;
        sides[r]![c]! -= factor * sides[k]![c]!;
      }
    }
  }
  return sides.map((side, k) => side.map((value) => value / rows[k]![k]!));
}
