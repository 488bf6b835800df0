/**
 * Median of each row of `data` [rows][columns], as NumPy's: the mean of the two middle ones when columns are even,
 * NaN if any is NaN. Twin of the kernel of that name.
 */
export function rowMedians(data: Float32Array, rows: number, columns: number): Float32Array {
  const medians = new Float32Array(rows);
  const row = new Float32Array(columns);
  for (let r = 0; r < rows; r++) {
    row.set(data.subarray(r * columns, (r + 1) * columns));
    medians[r] = medianInPlace(row);
  }
  return medians;
}

/** Subtracts from each row its median, in place. Twin of the kernel of that name. */
export function subtractMedians(data: Float32Array, rows: number, columns: number): void {
  const medians = rowMedians(data, rows, columns);
  for (let r = 0; r < rows; r++) {
    const median = medians[r]!;
    for (let i = r * columns; i < (r + 1) * columns; i++) data[i]! -= median;
  }
}

/** Median of `values`, which are reordered. */
export function medianInPlace(values: Float32Array | Float64Array): number {
  const count = values.length;
  for (let i = 0; i < count; i++) if (Number.isNaN(values[i])) return Number.NaN;
  const low = (count - 1) >> 1;
  const a = select(values, low);
  if (count % 2 === 1) return a;
  let b = values[low + 1]!;
  for (let i = low + 2; i < count; i++) if (values[i]! < b) b = values[i]!;
  return (a + b) / 2;
}

/** The value below which the share `q` of `values` lies, between neighbours linearly as NumPy's quantile. Reorders them. */
export function quantileInPlace(values: Float32Array | Float64Array, q: number): number {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return Number.NaN;
  const at = q * (values.length - 1);
  const low = Math.floor(at);
  const a = select(values, low);
  if (low === at) return a;
  let b = values[low + 1]!;
  for (let i = low + 2; i < values.length; i++) if (values[i]! < b) b = values[i]!;
  return a + (b - a) * (at - low);
}

/** Hoare's quickselect: element `k` comes to its place, smaller ones before it, larger ones after. */
function select(values: Float32Array | Float64Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[k]!;
    let i = left;
    let j = right;
    do {
      while (values[i]! < pivot) i++;
      while (pivot < values[j]!) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i] = values[j]!;
        values[j] = swapped;
        i++;
        j--;
      }
    } while (i <= j);
    if (j < k) left = i;
    if (k < i) right = j;
  }
  return values[k]!;
}
