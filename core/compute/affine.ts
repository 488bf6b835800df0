/**
 * A square matrix with a bias, packed in panels of 8 columns; a panel has only the rows that are not all zero in it,
 * so a matrix of neighbourhoods (local whitening) costs what its neighbourhoods cost.
 */
export interface PackedMatrix {
  readonly channels: number;
  /** [panels + 1] first row of each panel in `rows`. */
  readonly starts: Int32Array;
  /** Input channel of each packed row. */
  readonly rows: Int32Array;
  /** [packed rows][8] */
  readonly weights: Float32Array;
  /** [panels * 8] */
  readonly bias: Float32Array;
}

const PANEL = 8;

/** `matrix`: [channels in][channels out]; `bias`: [channels out]. */
export function packMatrix(matrix: Float64Array, bias: Float64Array): PackedMatrix {
  const channels = bias.length;
  const panels = Math.ceil(channels / PANEL);
  const starts = new Int32Array(panels + 1);
  const rows: number[] = [];
  const weights: number[] = [];
  const padded = new Float32Array(panels * PANEL);
  padded.set(bias);
  for (let p = 0; p < panels; p++) {
    for (let k = 0; k < channels; k++) {
      const row = Array.from({ length: PANEL }, (_, j) => {
        const column = p * PANEL + j;
        return column < channels ? matrix[k * channels + column]! : 0;
      });
      if (row.every((weight) => weight === 0)) continue;
      rows.push(k);
      weights.push(...row);
    }
    starts[p + 1] = rows.length;
  }
  return { channels, starts, rows: Int32Array.from(rows), weights: Float32Array.from(weights), bias: padded };
}

/** data[f] = bias + data[f] · matrix, in place. data: [frames][channels]. Twin of the kernel of that name. */
export function affine(data: Float32Array, frames: number, matrix: PackedMatrix): void {
  const { channels, starts, rows, weights, bias } = matrix;
  const row = new Float32Array(channels);
  for (let f = 0; f < frames; f++) {
    const at = f * channels;
    row.set(data.subarray(at, at + channels));
    for (let c = 0; c < channels; c++) {
      const panel = Math.floor(c / PANEL);
      let sum = bias[c]!;
      for (let k = starts[panel]!; k < starts[panel + 1]!; k++)
        sum += row[rows[k]!]! * weights[k * PANEL + (c % PANEL)]!;
      data[at + c] = sum;
    }
  }
}
