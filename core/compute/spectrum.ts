import { fft } from './fft.ts';

/** Channels whose spectrum is multiplied by the same numbers. */
export interface SpectralGroup {
  readonly channels: readonly number[];
  /** [length][2]: what each frequency is multiplied by, divided by length; in the order of SpectralPlan.order. */
  readonly response: Float32Array;
}

/** How a block is filtered by way of its spectrum: as a circle of `length` frames, of which the block fills the first. */
export interface SpectralPlan {
  readonly length: number;
  /** [length]: the frequency at each place, as the passes of the transform leave them. */
  readonly order: Int32Array;
  /** Level by level, from the longest: for each point the factors of the second and further parts. */
  readonly twiddles: Float32Array;
  readonly groups: readonly SpectralGroup[];
}

/** The least length of a circle that holds `frames` and has only factors 2 and at most one 3. */
export function circleLength(frames: number): number {
  let length = 8;
  while (length < frames) length *= 2;
  return length > 16 && (length / 4) * 3 >= frames ? (length / 4) * 3 : length;
}

/** `response`: of channel group i at frequency k / length, 0 ≤ k ≤ length / 2: [re, im]. */
export function spectralPlan(
  length: number,
  channelGroups: readonly (readonly number[])[],
  response: (group: number, k: number) => readonly [re: number, im: number],
): SpectralPlan {
  const order = frequencyOrder(length);
  const groups = channelGroups.map((channels, g): SpectralGroup => {
    const natural = new Float64Array(2 * length);
    for (let k = 0; k <= length / 2; k++) {
      const [re, im] = response(g, k);
      natural.set([re / length, im / length], 2 * k);
      if (k > 0 && k < length / 2) natural.set([re / length, -im / length], 2 * (length - k));
    }
    // A real signal has a real share at the highest frequency.
    natural[length + 1] = 0;
    const placed = new Float32Array(2 * length);
    for (let p = 0; p < length; p++) {
      placed[2 * p] = natural[2 * order[p]!]!;
      placed[2 * p + 1] = natural[2 * order[p]! + 1]!;
    }
    return { channels, response: placed };
  });
  return { length, order, twiddles: twiddles(length), groups };
}

/** Parts a transform of that length is split into first. */
function radix(length: number): number {
  return length % 3 === 0 ? 3 : length % 4 === 0 ? 4 : 2;
}

function frequencyOrder(length: number): Int32Array {
  const order = new Int32Array(length);
  const place = (at: number, count: number, first: number, step: number) => {
    if (count === 1) {
      order[at] = first;
      return;
    }
    const parts = radix(count);
    for (let q = 0; q < parts; q++) place(at + (q * count) / parts, count / parts, first + q * step, step * parts);
  };
  place(0, length, 0, 1);
  return order;
}

function twiddles(length: number): Float32Array {
  const out: number[] = [];
  for (let count = length; count > 4; count /= radix(count))
    for (let j = 0; j < count / radix(count); j++)
      for (let q = 1; q < radix(count); q++) {
        const angle = (-2 * Math.PI * q * j) / count;
        out.push(Math.cos(angle), Math.sin(angle));
      }
  return Float32Array.from(out);
}

/**
 * Multiplies the spectrum of each channel of `data` [frames][channels], in place; channels in no group stay. Twin of the
 * kernel of that name, by the plain definition of the fast transform, in float64.
 */
export function multiplySpectrum(data: Float32Array, frames: number, channels: number, plan: SpectralPlan): void {
  const { length, order, groups } = plan;
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (const { channels: members, response } of groups)
    for (const c of members) {
      re.fill(0);
      im.fill(0);
      for (let f = 0; f < frames; f++) re[f] = data[f * channels + c]!;
      fft(re, im, -1);
      for (let p = 0; p < length; p++) {
        const k = order[p]!;
        const [x, y] = [re[k]!, im[k]!];
        re[k] = x * response[2 * p]! - y * response[2 * p + 1]!;
        im[k] = x * response[2 * p + 1]! + y * response[2 * p]!;
      }
      fft(re, im, 1);
      for (let f = 0; f < frames; f++) data[f * channels + c] = re[f]!;
    }
}
