import type { SosFilter } from '../compute/sosFiltFilt.ts';
import { type Complex, digitalFilter } from './butterworth.ts';

/**
 * Bessel filter as second-order sections: its waves keep their shape, its band has soft edges. Normalised by phase, as
 * scipy.signal.bessel does unless told otherwise: far from the band it fades as the Butterworth filter of its order.
 */
export function bessel(order: number, band: readonly number[], samplingFrequency: number): SosFilter {
  return digitalFilter(besselPoles(order), band, samplingFrequency);
}

/** Roots of the reverse Bessel polynomial, scaled so that their product is of size 1. */
function besselPoles(order: number): Complex[] {
  // θ(s) = Σ c_k s^k, c_k = (2n - k)! / (2^(n-k) k! (n - k)!); with c_n = 1 the roots' product is of size c_0.
  const coefficients = new Float64Array(order + 1);
  coefficients[order] = 1;
  for (let k = order; k > 0; k--)
    coefficients[k - 1] = (coefficients[k]! * (2 * order - k + 1) * k) / (2 * (order - k + 1));
  const scale = coefficients[0]! ** (1 / order);
  return roots(coefficients).map(([re, im]): Complex => [re / scale, im / scale]);
}

/** All roots of Σ c_k x^k (c_n = 1), found together (Durand & Kerner), conjugates made exact. */
function roots(coefficients: Float64Array): Complex[] {
  const degree = coefficients.length - 1;
  const size = coefficients[0]! ** (1 / degree);
  const found = Array.from({ length: degree }, (_, k): Complex => {
    const angle = (2 * Math.PI * (k + 0.25)) / degree;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
  for (let round = 0; round < 500; round++) {
    let moved = 0;
    found.forEach(([re, im], i) => {
      let [top, topIm] = [1, 0];
      for (let k = degree - 1; k >= 0; k--)
        [top, topIm] = [top * re - topIm * im + coefficients[k]!, top * im + topIm * re];
      let [below, belowIm] = [1, 0];
      found.forEach(([r, j], k) => {
        if (k !== i) [below, belowIm] = [below * (re - r) - belowIm * (im - j), below * (im - j) + belowIm * (re - r)];
      });
      const square = below * below + belowIm * belowIm;
      const step = (top * below + topIm * belowIm) / square;
      const stepIm = (topIm * below - top * belowIm) / square;
      found[i] = [re - step, im - stepIm];
      moved = Math.max(moved, Math.hypot(step, stepIm) / size);
    });
    if (moved < 1e-15) break;
  }
  const upper = found.filter(([, im]) => im > 1e-9 * size);
  const real = found.filter(([, im]) => Math.abs(im) <= 1e-9 * size).map(([re]): Complex => [re, 0]);
  return [...upper, ...upper.map(([re, im]): Complex => [re, -im]), ...real];
}
