import type { DType } from '../shared/recording.ts';
import { openFile } from '../store/byteSource.ts';
import { bytesOf } from './traceFiles.ts';

export interface Guess {
  readonly dtype: DType;
  readonly numChannels: number;
}

const LOOK = 1 << 20;
const COUNTS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 17, 18, 20, 24, 26, 30, 31, 32, 33, 34, 35, 36, 40, 48, 56, 60, 63, 64,
  65, 66, 68, 70, 72, 96, 97, 100, 120, 127, 128, 129, 130, 132, 160, 192, 240, 252, 255, 256, 257, 277, 288, 301, 320,
  374, 383, 384, 385, 386, 512, 513, 768, 769, 1024, 1025, 1536, 1537, 2048, 4096,
];

/**
 * What the bytes of a flat file look like: the user is asked, this is the answer proposed. Neighbouring samples of one
 * channel resemble each other, so with n channels the difference at a distance of n samples is least.
 */
export function guessBinary(path: string): Guess {
  const source = openFile(path);
  try {
    const bytes = new Uint8Array(Math.floor(Math.min(source.size, LOOK) / 8) * 8);
    source.read(bytes, Math.floor((source.size - bytes.length) / 2 / 24_576) * 24_576);
    const dtype = looksLikeFloat32(new Float32Array(bytes.buffer)) && source.size % 4 === 0 ? 'float32' : 'int16';
    const samples = dtype === 'float32' ? new Float32Array(bytes.buffer) : new Int16Array(bytes.buffer);
    return { dtype, numChannels: channelsOf(samples, source.size / bytesOf(dtype)) };
  } finally {
    source.close();
  }
}

/** int16 samples taken for float32 have absurd exponents. */
function looksLikeFloat32(values: Float32Array): boolean {
  let plausible = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (value === 0 || (size > 1e-9 && size < 1e7)) plausible++;
  }
  let zeros = 0;
  for (const value of values) if (value === 0) zeros++;
  return values.length > 0 && zeros < values.length && plausible > 0.99 * values.length;
}

function channelsOf(samples: Int16Array | Float32Array, total: number): number {
  const candidates = COUNTS.filter((n) => total % n === 0 && n * 4 <= samples.length);
  const differences = candidates.map((n) => {
    let sum = 0;
    let count = 0;
    // A stride prime to every count, so that all channels are looked at.
    for (let i = n; i < samples.length; i += 7) {
      sum += Math.min(1e9, Math.abs(samples[i]! - samples[i - n]!));
      count++;
    }
    return sum / count;
  });
  const least = Math.min(...differences);
  // A multiple of the count (two or three frames apart) comes as close: the smallest that does is it.
  return candidates[differences.findIndex((difference) => difference <= 1.1 * least)] ?? 1;
}
