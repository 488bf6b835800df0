import { type PackedMatrix, packMatrix } from '../compute/affine.ts';
import { kernels } from '../compute/kernels.ts';

/** How the power above a frequency is measured in chunks of one length. */
export interface SpectrumPlan {
  /** Frames of a window; windows overlap by half. */
  readonly size: number;
  /** Hann, [size] */
  readonly taper: Float64Array;
  /** Fourier sums of the wanted frequencies, on folded windows. */
  readonly matrix: PackedMatrix;
  /** Sum of squares → mean density, unit² / Hz. */
  readonly scale: number;
}

/** Windows of so many channels at a time: what a cache line holds. */
const TOGETHER = 16;

/**
 * As scipy.signal.welch with Hann windows that overlap by half, each freed of its mean: the mean of the density over
 * the frequencies above `part` of half the sampling frequency. Undefined if there is no such frequency.
 */
export function planSpectrum(size: number, samplingFrequency: number, part: number): SpectrumPlan | undefined {
  const taper = Float64Array.from({ length: size }, (_, n) =>
    size === 1 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
  );
  const step = samplingFrequency / size;
  const bins = Array.from({ length: Math.floor(size / 2) + 1 }, (_, k) => k).filter(
    (k) => k * step > (samplingFrequency / 2) * part,
  );
  if (bins.length === 0) return undefined;
  const squares = taper.reduce((sum, w) => sum + w * w, 0);
  return { size, taper, matrix: fourier(size, bins), scale: 1 / (samplingFrequency * squares * bins.length) };
}

/** Mean density at high frequencies of each channel. data: [frames][channels], frames ≥ plan.size. */
export function highFrequencyPower(
  data: Float32Array,
  frames: number,
  channels: number,
  { size, taper, matrix, scale }: SpectrumPlan,
): Float64Array {
  const hop = size - (size >> 1);
  const windows = Math.floor((frames - size) / hop) + 1;
  const power = new Float64Array(channels);
  const rows = new Float32Array(TOGETHER * windows * size);
  for (let first = 0; first < channels; first += TOGETHER) {
    const count = Math.min(TOGETHER, channels - first);
    for (let w = 0; w < windows; w++) {
      for (let n = 0; n < size; n++) {
        const from = (w * hop + n) * channels + first;
        const to = w * size + n;
        for (let c = 0; c < count; c++) rows[c * windows * size + to] = data[from + c]!;
      }
    }
    for (let row = 0; row < count * windows; row++) prepareWindow(rows, row * size, size, taper);
    kernels().affine(rows.subarray(0, count * windows * size), count * windows, matrix);
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let i = c * windows * size; i < (c + 1) * windows * size; i++) sum += rows[i]! * rows[i]!;
      power[first + c] = (sum / windows) * scale;
    }
  }
  return power;
}

/** Mean taken off, tapered, folded. */
function prepareWindow(rows: Float32Array, at: number, size: number, taper: Float64Array): void {
  let mean = 0;
  for (let n = 0; n < size; n++) mean += rows[at + n]!;
  mean /= size;
  for (let n = 0; n < size; n++) rows[at + n] = (rows[at + n]! - mean) * taper[n]!;
  for (let n = 1; n < size - n; n++) fold(rows, at + n, at + size - n);
  if (size % 2 === 1) return;
  const half = size / 2;
  for (let n = 0; n < half - n; n++) fold(rows, at + n, at + half - n);
  for (let n = 1; n < half - n; n++) fold(rows, at + size - n, at + half + n);
}

function fold(values: Float32Array, sum: number, difference: number): void {
  const [a, b] = [values[sum]!, values[difference]!];
  values[sum] = a + b;
  values[difference] = a - b;
}

/**
 * Cosine and sine sums of `bins`, [folded frame][sum]. A cosine is the same at n and size - n, a sine its opposite:
 * each needs half the folded window, and for even sizes, by the same symmetry around a quarter, a quarter of it.
 */
function fourier(size: number, bins: readonly number[]): PackedMatrix {
  const half = size / 2;
  const even = size % 2 === 0;
  const sums = bins.flatMap((k) => {
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
    return [
      { kind: odd ? 1 : 0, terms: cosine },
      { kind: odd ? 3 : 2, terms: sine },
    ];
  });
  // Sums on the same folded frames stand together, so that a panel of the product has few rows.
  sums.sort((a, b) => a.kind - b.kind);
  const matrix = new Float64Array(size * size);
  sums.forEach(({ terms }, column) => {
    for (const [frame, value] of terms) matrix[frame * size + column]! += value;
  });
  return packMatrix(matrix, new Float64Array(size));
}
