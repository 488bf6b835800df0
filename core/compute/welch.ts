/** How a spectrum is estimated: Hann windows of `length` samples (a power of two), each half over the one before. */
export interface WelchPlan {
  readonly length: number;
  readonly window: Float64Array;
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
  readonly reversed: Uint32Array;
}

export function welchPlan(length: number): WelchPlan {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits) || bits < 1) throw new Error(`${length} is no power of two`);
  const window = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  const cosine = Float64Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sine = Float64Array.from({ length: length / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  const reversed = Uint32Array.from({ length }, (_, i) => {
    let out = 0;
    for (let b = 0; b < bits; b++) out |= ((i >> b) & 1) << (bits - 1 - b);
    return out;
  });
  return { length, window, cosine, sine, reversed };
}

/** What is transformed: columns of a block [frames][channels], each in its unit. */
export interface WelchData {
  readonly data: Float32Array;
  readonly channels: number;
  readonly frames: number;
  readonly samplingFrequency: number;
  /** Times the samples. [channels] */
  readonly gain: ArrayLike<number>;
}

/**
 * Mean power spectral density of the columns, unit²/Hz at k * samplingFrequency / length, as scipy.signal.welch with
 * its defaults (each window less its mean, one-sided). Two columns go through one transform as its real and its
 * imaginary part: the power of both together is that at k and at −k. out: [length / 2 + 1]
 */
export function welch(
  { data, channels, frames, samplingFrequency, gain }: WelchData,
  columns: readonly number[],
  plan: WelchPlan,
): Float32Array {
  const { length, window } = plan;
  const power = new Float64Array(length / 2 + 1);
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  let windows = 0;
  for (let from = 0; from + length <= frames; from += length / 2) {
    windows++;
    for (let i = 0; i < columns.length; i += 2) {
      fill(real, columns[i]!, from);
      if (i + 1 < columns.length) fill(imaginary, columns[i + 1]!, from);
      else imaginary.fill(0);
      transform(real, imaginary, plan);
      for (let k = 0; k < power.length; k++) {
        const back = (length - k) % length;
        power[k]! += (real[k]! ** 2 + imaginary[k]! ** 2 + real[back]! ** 2 + imaginary[back]! ** 2) / 2;
      }
    }
  }
  const scale = 1 / (samplingFrequency * window.reduce((sum, w) => sum + w * w, 0) * windows * columns.length);
  return Float32Array.from(power, (p, k) => p * scale * (k === 0 || k === length / 2 ? 1 : 2));

  function fill(into: Float64Array, column: number, from: number): void {
    let sum = 0;
    for (let i = 0, at = from * channels + column; i < length; i++, at += channels) {
      const value = data[at]!;
      into[i] = value;
      sum += value;
    }
    const mean = sum / length;
    const times = gain[column]!;
    for (let i = 0; i < length; i++) into[i] = (into[i]! - mean) * times * window[i]!;
  }
}

/** Fast Fourier transform in place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array, { length, cosine, sine, reversed }: WelchPlan): void {
  for (let i = 0; i < length; i++) {
    const j = reversed[i]!;
    if (j <= i) continue;
    const [r, m] = [real[i]!, imaginary[i]!];
    real[i] = real[j]!;
    imaginary[i] = imaginary[j]!;
    real[j] = r;
    imaginary[j] = m;
  }
  for (let half = 1; half < length; half *= 2) {
    const step = length / (2 * half);
    for (let start = 0; start < length; start += 2 * half)
      for (let k = 0, w = 0; k < half; k++, w += step) {
        const a = start + k;
        const b = a + half;
        const r = real[b]! * cosine[w]! - imaginary[b]! * sine[w]!;
        const m = real[b]! * sine[w]! + imaginary[b]! * cosine[w]!;
        real[b] = real[a]! - r;
        imaginary[b] = imaginary[a]! - m;
        real[a]! += r;
        imaginary[a]! += m;
      }
  }
}
