/**
 * Σ x[j] exp(sign · 2πi jk / n) in place of x, in float64; n = 2^k or 3 · 2^k. Not divided by n.
 */
export function fft(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  const n = re.length;
  if (n % 3 !== 0) {
    powerOfTwo(re, im, sign);
    return;
  }
  const third = n / 3;
  const parts = [0, 1, 2].map((r) => {
    const real = Float64Array.from({ length: third }, (_, j) => re[3 * j + r]!);
    const imaginary = Float64Array.from({ length: third }, (_, j) => im[3 * j + r]!);
    powerOfTwo(real, imaginary, sign);
    return { real, imaginary };
  });
  for (let k = 0; k < n; k++) {
    let sum = 0;
    let sumIm = 0;
    for (let r = 0; r < 3; r++) {
      const angle = (sign * 2 * Math.PI * r * k) / n;
      const [x, y] = [parts[r]!.real[k % third]!, parts[r]!.imaginary[k % third]!];
      sum += x * Math.cos(angle) - y * Math.sin(angle);
      sumIm += x * Math.sin(angle) + y * Math.cos(angle);
    }
    re[k] = sum;
    im[k] = sumIm;
  }
}

/** Cooley and Tukey's, radix 2. */
function powerOfTwo(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  const cos = Float64Array.from({ length: n / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: n / 2 }, (_, k) => sign * Math.sin((2 * Math.PI * k) / n));
  for (let half = 1, step = n / 2; half < n; half *= 2, step /= 2)
    for (let start = 0; start < n; start += 2 * half)
      for (let k = 0, a = start, b = start + half; k < half; k++, a++, b++) {
        const [p, q] = [cos[k * step]!, sin[k * step]!];
        const x = re[b]! * p - im[b]! * q;
        const y = re[b]! * q + im[b]! * p;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
}
