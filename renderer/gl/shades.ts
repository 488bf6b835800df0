/** Each value's colour. colormap: [256][4]; out: [values][4] */
export function shades(values: Float32Array, colormap: Uint8Array, [low, high]: readonly [number, number]): Uint8Array {
  const colors = new Uint32Array(colormap.slice().buffer);
  const out = new Uint32Array(values.length);
  const scale = 255 / (high - low);
  for (let i = 0; i < out.length; i++) {
    const at = (values[i]! - low) * scale + 0.5;
    out[i] = colors[at >= 255 ? 255 : at > 0 ? at | 0 : 0]!;
  }
  return new Uint8Array(out.buffer);
}

export interface HeatArgs {
  /** [rows][columns][min, max] */
  readonly minMax: Int16Array;
  readonly columns: number;
  readonly rows: number;
  /** Columns that share one of the image. */
  readonly pooled: number;
  /** [rows] */
  readonly center: Float32Array;
  /** [256][4], opaque */
  readonly colormap: Uint8Array;
  /** The value, less its row's centre, at the upper end of the colormap; that much below zero lies its lower end. */
  readonly most: number;
}

/**
 * Of each column the colour of the value further from its row's centre, and how far that is as its opacity.
 * out: [rows][ceil(columns / pooled)][4]
 */
export function heatShades({ minMax, columns, rows, pooled, center, colormap, most }: HeatArgs): Uint8Array {
  const colors = new Uint32Array(colormap.slice().buffer);
  for (let i = 0; i < 256; i++) colors[i] = (colors[i]! & 0xffffff) | (Math.round(Math.abs(i - 127.5) + 127.5) << 24);
  const lines = Math.ceil(columns / pooled);
  const out = new Uint32Array(rows * lines);
  const scale = 127.5 / most;
  for (let row = 0; row < rows; row++) {
    const middle = center[row]!;
    const twice = Math.round(2 * middle);
    let from = 2 * row * columns;
    for (let i = row * lines; i < (row + 1) * lines; i++) {
      let low = minMax[from]!;
      let high = minMax[from + 1]!;
      const to = Math.min(from + 2 * pooled, 2 * (row + 1) * columns);
      for (from += 2; from < to; from += 2) {
        if (minMax[from]! < low) low = minMax[from]!;
        if (minMax[from + 1]! > high) high = minMax[from + 1]!;
      }
      const below = (low + high - twice) >> 31; // all ones where low is further: a branch would cost more
      const at = ((low & below) + (high & ~below) - middle) * scale + 128;
      out[i] = colors[at >= 255 ? 255 : at > 0 ? at | 0 : 0]!;
    }
  }
  return new Uint8Array(out.buffer);
}
