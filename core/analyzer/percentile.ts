/** numpy's percentile (linear between neighbours). `values` is left as it is. */
export function percentile(values: Float32Array, percent: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort();
  const at = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(at);
  const a = sorted[below]!;
  const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return a + (b - a) * (at - below);
}
