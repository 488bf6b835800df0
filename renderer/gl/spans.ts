/** A tile of traces and what lies beside it. */
export interface SpansArgs {
  /** [rows][columns][min, max] */
  readonly minMax: Int16Array;
  readonly columns: number;
  /** Columns taken together. */
  readonly pooled: number;
  /** [rows][min, max before the tile, min, max after it], as minMax counts; NaN: nothing is there. */
  readonly beside?: Float32Array | undefined;
}

/**
 * Min and max of `pooled` columns each, with one more at both ends: what lies beside, or else the first and last again.
 * out: [rows][1 + ceil(columns / pooled) + 1][min, max]
 */
export function spansOf({ minMax, columns, pooled, beside }: SpansArgs): Int16Array {
  const lines = Math.ceil(columns / pooled);
  const rows = minMax.length / (2 * columns);
  const out = new Int16Array(2 * rows * (lines + 2));
  for (let row = 0; row < rows; row++) {
    const from = 2 * row * columns;
    const at = 2 * row * (lines + 2);
    if (pooled === 1) out.set(minMax.subarray(from, from + 2 * columns), at + 2);
    else pool(minMax, from, columns, pooled, out, at + 2);
    for (let i = 0; i < 2; i++) {
      out[at + i] = besides(beside?.[4 * row + i], out[at + 2 + i]!);
      out[at + 2 * (lines + 1) + i] = besides(beside?.[4 * row + 2 + i], out[at + 2 * lines + i]!);
    }
  }
  return out;
}

function pool(minMax: Int16Array, from: number, columns: number, pooled: number, out: Int16Array, at: number): void {
  for (let first = 0, k = at; first < columns; first += pooled, k += 2) {
    let low = 32767;
    let high = -32768;
    for (let c = first; c < Math.min(columns, first + pooled); c++) {
      low = Math.min(low, minMax[from + 2 * c]!);
      high = Math.max(high, minMax[from + 2 * c + 1]!);
    }
    out[k] = low;
    out[k + 1] = high;
  }
}

function besides(value: number | undefined, own: number): number {
  return value === undefined || Number.isNaN(value) ? own : Math.max(-32768, Math.min(32767, Math.round(value)));
}
