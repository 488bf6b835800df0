/**
 * Least and greatest value of each channel in each column. data: [frames][channels]; column i holds the frames
 * edges[i] ≤ f < edges[i + 1]. low, high: [columns][channels], widened, so that a column may come in several pieces;
 * start them at +Infinity and -Infinity. NaN is passed over. Twin of the kernel of that name.
 */
export function minMax(
  data: Float32Array,
  channels: number,
  edges: Int32Array,
  low: Float32Array,
  high: Float32Array,
): void {
  for (let i = 0; i + 1 < edges.length; i++) {
    const at = i * channels;
    for (let f = edges[i]!; f < edges[i + 1]!; f++) {
      for (let c = 0; c < channels; c++) {
        const value = data[f * channels + c]!;
        if (value < low[at + c]!) low[at + c] = value;
        if (value > high[at + c]!) high[at + c] = value;
      }
    }
  }
}
