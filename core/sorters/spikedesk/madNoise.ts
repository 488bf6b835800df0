import { MAD_OF_NORMAL } from '../../compute/noiseLevels.ts';
import { medianInPlace } from '../../compute/rowMedians.ts';

/** Values the noise of a block is measured on, at most. */
const VALUES = 6000;

/** Median distance to the median over 0.6745, of values [from, from + count): the noise's deviation; 0 if unknown. */
export function madNoise(values: Float32Array, from: number, count: number): number {
  const step = Math.max(1, Math.floor(count / VALUES));
  const some = new Float32Array(Math.floor(count / step));
  for (let i = 0; i < some.length; i++) some[i] = values[from + i * step]!;
  const median = medianInPlace(some);
  for (let i = 0; i < some.length; i++) some[i] = Math.abs(some[i]! - median);
  const level = medianInPlace(some) / MAD_OF_NORMAL;
  return Number.isFinite(level) ? level : 0;
}
