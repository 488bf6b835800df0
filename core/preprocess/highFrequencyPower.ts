import { kernels } from '../compute/kernels.ts';
import { type WindowPlan, windowsIn } from '../compute/windowPower.ts';

/** How the power above a frequency is measured. */
export interface SpectrumPlan extends WindowPlan {
  /** Sum of squares of one window → mean density, unit² / Hz. */
  readonly scale: number;
}

/**
 * As scipy.signal.welch with Hann windows that overlap by half, each freed of its mean: the mean of the density over
 * the frequencies above `part` of half the sampling frequency. Undefined if there is no such frequency.
 */
export function planSpectrum(size: number, samplingFrequency: number, part: number): SpectrumPlan | undefined {
  const taper = Float32Array.from({ length: size }, (_, n) =>
    size === 1 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
  );
  const step = samplingFrequency / size;
  const bins = Array.from({ length: Math.floor(size / 2) + 1 }, (_, k) => k).filter(
    (k) => k * step > (samplingFrequency / 2) * part,
  );
  if (bins.length === 0) return undefined;
  const squares = taper.reduce((sum, w) => sum + w * w, 0);
  return { size, taper, ...blocksOf(size, bins), scale: 1 / (samplingFrequency * squares * bins.length) };
}

/** Mean density at high frequencies of each channel. data: [frames][channels], frames ≥ plan.size. */
export function highFrequencyPower(
  data: Float32Array,
  frames: number,
  channels: number,
  plan: SpectrumPlan,
): Float64Array {
  const windows = windowsIn(frames, plan.size);
  const sums = kernels().windowPower(data, frames, channels, plan);
  return Float64Array.from(sums, (sum) => (sum / windows) * plan.scale);
}

interface Sum {
  /** Sums of one kind are over the same places. */
  readonly kind: number;
  readonly terms: readonly (readonly [place: number, weight: number])[];
}

/**
 * Cosine and sine sums of `bins`. A cosine is the same at n and size - n, a sine its opposite: each needs half the
 * folded window, and for even sizes, by the same symmetry around a quarter, a quarter of it.
 */
function fourierSums(size: number, bins: readonly number[]): Sum[] {
  const half = size / 2;
  const even = size % 2 === 0;
  return bins.flatMap((k) => {
    // Densities are one-sided: all frequencies but 0 and the highest stand for their negatives too.
    const weight = k === 0 || k === half ? 1 : Math.SQRT2;
    const odd = k % 2 === 1;
    const angle = (2 * Math.PI * k) / size;
    const cosine: [number, number][] = [];
    const sine: [number, number][] = [];
    for (let n = 0; even ? n <= half - n : 2 * n < size; n++) {
      const middle = even && n === half - n;
      cosine.push([even && odd && !middle ? half - n : n, weight * Math.cos(angle * n)]);
      if (n > 0) sine.push([even && !odd && !middle ? half + n : size - n, weight * Math.sin(angle * n)]);
    }
    const which = even && odd ? 1 : 0;
    return [
      { kind: which, terms: cosine },
      { kind: 2 + which, terms: sine },
    ];
  });
}

/** Four sums of a kind at a time. */
function blocksOf(size: number, bins: readonly number[]) {
  const starts = [0];
  const places: number[] = [];
  const weights: number[] = [];
  const all = fourierSums(size, bins);
  for (const kind of [0, 1, 2, 3]) {
    const sums = all.filter((sum) => sum.kind === kind);
    for (let first = 0; first < sums.length; first += 4) {
      const four = sums.slice(first, first + 4);
      four[0]!.terms.forEach(([place], i) => {
        places.push(place);
        for (let sum = 0; sum < 4; sum++) weights.push(four[sum]?.terms[i]?.[1] ?? 0);
      });
      starts.push(places.length);
    }
  }
  return {
    starts: Int32Array.from(starts),
    places: Int32Array.from(places),
    weights: Float32Array.from(weights),
  };
}
