import { type WholeRange, wholeNumbers } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Recording } from '../shared/recording.ts';

/** Low-pass filter and change of rate in one. */
export interface Polyphase {
  readonly step: string;
  readonly up: number;
  readonly down: number;
  /** Frame of the parent that is the first frame here. */
  readonly offset: number;
  /** [2 · half + 1], float32 as SpikeInterface uses them. */
  readonly taps: Float32Array;
  readonly half: number;
  readonly channels: number;
  readonly whole: WholeRange | undefined;
}

/** SciPy's own design for resample_poly: a sinc under Kaiser's window (beta 5), ten periods to each side. */
export function antiAliasing(up: number, down: number): { readonly taps: Float32Array; readonly half: number } {
  if (up === 1 && down === 1) return { taps: Float32Array.of(1), half: 0 };
  const most = Math.max(up, down);
  const half = 10 * most;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const x = (Math.PI * (i - half)) / most;
    const place = (i - half) / half;
    return (x === 0 ? 1 : Math.sin(x) / x) * bessel0(5 * Math.sqrt(Math.max(0, 1 - place * place)));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return { taps: Float32Array.from(taps, (tap) => up * Math.fround(tap / sum)), half };
}

/** Modified Bessel function of order 0. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

export function resampledFrames(frames: number, up: number, down: number): number {
  return Math.ceil((frames * up) / down);
}

/** Frames [startFrame, endFrame) at the new rate; the parent is mirrored beyond its ends. */
export async function readPolyphase(
  parent: Recording,
  { step, up, down, offset, taps, half, channels, whole }: Polyphase,
  segment: number,
  startFrame: number,
  endFrame: number,
): Promise<Float32Array> {
  const total = parent.info.numFrames[segment] ?? 0;
  const count = endFrame - startFrame;
  if (count <= 0 || total === 0) return new Float32Array(0);
  const firstOf = (k: number) => Math.ceil((k * down - half) / up);
  const lastOf = (k: number) => Math.floor((k * down + half) / up);
  // As far inside as it reaches beyond, for the mirror image; a short parent may be mirrored over and over.
  const reach = Math.ceil((2 * half + 2 * down) / up) + 2;
  const short = total <= 2 * reach;
  const from = short ? 0 : Math.max(0, Math.min(total - reach, offset + firstOf(startFrame)));
  const to = short ? total : Math.min(total, Math.max(reach, offset + lastOf(endFrame - 1) + 1));
  const data = await parent.read(segment, from, to);
  const period = Math.max(1, 2 * (total - 1));
  const row = (j: number) => {
    const folded = (((j + offset) % period) + period) % period;
    return ((folded < total ? folded : period - folded) - from) * channels;
  };
  const out = new Float32Array(count * channels);
  const sums = new Float64Array(channels);
  for (let k = startFrame; k < endFrame; k++) {
    sums.fill(0);
    const last = lastOf(k);
    let j = firstOf(k);
    const tapOf = (j: number) => taps[half + k * down - j * up]!;
    // Four at a time: the sums are read and written a quarter as often.
    for (; j + 3 <= last; j += 4) {
      const [p, q, r, s] = [tapOf(j), tapOf(j + 1), tapOf(j + 2), tapOf(j + 3)];
      const [a, b, d, e] = [row(j), row(j + 1), row(j + 2), row(j + 3)];
      for (let c = 0; c < channels; c++)
        sums[c]! += p * data[a + c]! + q * data[b + c]! + r * data[d + c]! + s * data[e + c]!;
    }
    for (; j <= last; j++) {
      const tap = tapOf(j);
      const at = row(j);
      for (let c = 0; c < channels; c++) sums[c]! += tap * data[at + c]!;
    }
    out.set(sums, (k - startFrame) * channels);
  }
  if (!out.every(Number.isFinite))
    throw new UserError(`step "${step}": the traces hold NaN or infinite samples`, {
      hint: 'Look for them in the raw recording; a damaged file must be repaired first.',
    });
  if (whole) wholeNumbers(out, whole);
  return out;
}
