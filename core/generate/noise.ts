import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { ChannelLayout } from '../shared/probe.ts';
import { random } from '../shared/random.ts';
import { streamSeed } from './seeds.ts';

/** Gaussian noise, white in time, shared by near contacts. */
export interface Noise {
  /** Adds frames [startFrame, endFrame) of a segment to `out`, [frames][channels], µV. */
  add(segment: number, startFrame: number, endFrame: number, out: Float32Array): void;
}

/** Frames drawn from one seed: any stretch can be made without those before it. */
const BLOCK = 8192;
const BLOCKS_A_SEGMENT = 20_000;

/**
 * Covariance of two contacts: sigmaUv² (0.6 exp(-distance / 25 µm) + 0.1), and 0.3 more of a contact with itself.
 */
export function correlatedNoise(layout: ChannelLayout, sigmaUv: number, seed: number): Noise {
  const channels = layout.x.length;
  const covariance = new Matrix(channels, channels);
  for (let a = 0; a < channels; a++)
    for (let b = 0; b < channels; b++) {
      const distance = Math.hypot(layout.x[a]! - layout.x[b]!, layout.y[a]! - layout.y[b]!);
      const shared = 0.6 * Math.exp(-distance / 25) + 0.1 + (a === b ? 0.3 : 0);
      covariance.set(a, b, sigmaUv * sigmaUv * shared);
    }
  const factor = Float64Array.from(new CholeskyDecomposition(covariance).lowerTriangularMatrix.to1DArray());
  const white = new Float64Array(channels);

  function addBlock(segment: number, block: number, from: number, to: number, out: Float32Array, at: number): void {
    const r = random(streamSeed(seed, 'noise', segment * BLOCKS_A_SEGMENT + block));
    for (let frame = 0; frame < to; frame++) {
      for (let c = 0; c < channels; c++) white[c] = r.gaussian();
      if (frame < from) continue;
      const row = at + (frame - from) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k <= c; k++) sum += factor[c * channels + k]! * white[k]!;
        out[row + c]! += sum;
      }
    }
  }

  return {
    add(segment, startFrame, endFrame, out) {
      for (let block = Math.floor(startFrame / BLOCK); block * BLOCK < endFrame; block++) {
        const first = block * BLOCK;
        const from = Math.max(startFrame, first);
        const to = Math.min(endFrame, first + BLOCK);
        addBlock(segment, block, from - first, to - first, out, (from - startFrame) * channels);
      }
    },
  };
}
