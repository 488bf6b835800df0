import type { Block } from '../../shared/compute.ts';

/**
 * A block turned so that each channel is contiguous, margins included, and in units of its noise (see
 * Noise.scales). out: [channels][margin + frames + margin]
 */
export function channelMajor(block: Block, scales?: Float32Array): Float32Array {
  const { channels, data } = block;
  const rows = data.length / channels;
  const out = new Float32Array(data.length);
  // A few channels at a time: their output lines stay in cache.
  for (let first = 0; first < channels; first += 16) {
    const last = Math.min(channels, first + 16);
    for (let row = 0; row < rows; row++)
      for (let c = first; c < last; c++) out[c * rows + row] = data[row * channels + c]!;
  }
  if (scales)
    for (let c = 0; c < channels; c++) {
      const scale = scales[c]!;
      for (let i = c * rows; i < (c + 1) * rows; i++) out[i]! *= scale;
    }
  return out;
}
