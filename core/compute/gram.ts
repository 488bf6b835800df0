/**
 * sums[i][j] += Σ data[f][i] data[f][j]: what a covariance is made of. data: [frames][channels];
 * sums: [channels][channels]. Twin of the kernel of that name.
 */
export function gram(data: Float32Array, frames: number, channels: number, sums: Float64Array): void {
  for (let f = 0; f < frames; f++) {
    const at = f * channels;
    for (let i = 0; i < channels; i++) {
      const x = data[at + i]!;
      for (let j = i; j < channels; j++) sums[i * channels + j]! += x * data[at + j]!;
    }
  }
  mirror(sums, channels);
}

/** Copies what lies above the diagonal to below it. */
function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i]!;
}
