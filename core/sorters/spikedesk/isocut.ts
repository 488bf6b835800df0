import { downUp, upDown } from './isotonic.ts';

export interface Cut {
  /** How far the values are from having one mode: noise stays mostly below 1, two modes go above 2. */
  readonly score: number;
  /** Where to part them. */
  readonly at: number;
}

/**
 * Is a sample of one or of two modes, and where is the valley? Magland and Barnett, "Unimodal clustering using isotonic
 * regression: ISO-SPLIT" (2015): the density by isotonic regression under one mode, a Kolmogorov-Smirnov distance to it
 * over ever smaller tails (so that a few spikes beside many are seen), and the valley of what the fit leaves.
 */
export function isocut(values: Float32Array): Cut {
  const x = values.slice().sort();
  const edges = binEdges(x.length);
  const bins = edges.length - 1;
  if (bins < 4) return { score: 0, at: x[x.length >> 1] ?? 0 };
  const counts = new Float64Array(bins);
  const widths = new Float64Array(bins);
  const logDensity = new Float64Array(bins);
  const least = ((x[x.length - 1]! - x[0]!) / x.length) * 1e-6 || 1e-12;
  for (let i = 0; i < bins; i++) {
    counts[i] = edges[i + 1]! - edges[i]!;
    widths[i] = Math.max(least, x[edges[i + 1]!]! - x[edges[i]!]!);
    logDensity[i] = Math.log(counts[i]! / widths[i]!);
  }
  const { fit, peak } = upDown(logDensity, counts);
  const expected = fit.map((v, i) => Math.exp(v) * widths[i]!);
  const { score, from, to } = largestDistance(counts, expected, peak);
  const rest = logDensity.slice(from, to).map((v, i) => v - fit[from + i]!);
  const valley = downUp(rest, widths.slice(from, to));
  let lowest = 0;
  for (let i = 1; i < valley.length; i++) if (valley[i]! < valley[lowest]!) lowest = i;
  // The fit is flat at the valley: part in its middle.
  let last = lowest;
  while (last + 1 < valley.length && valley[last + 1] === valley[lowest]) last++;
  const middle = from + ((lowest + last) >> 1);
  return { score, at: (x[edges[middle]!]! + x[edges[middle + 1]!]!) / 2 };
}

/** Bins of few values at the ends and more towards the middle. out: indices into the sorted values, ascending */
function binEdges(count: number): number[] {
  const bins = Math.ceil(Math.sqrt(count / 2) * 2);
  const sizes = Array.from({ length: bins }, (_, i) => Math.min(i + 1, bins - i));
  const scale = (count - 1) / sizes.reduce((a, b) => a + b, 0);
  const edges = [0];
  let sum = 0;
  for (const size of sizes) {
    sum += size * scale;
    const edge = Math.round(sum);
    if (edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return edges;
}

function largestDistance(counts: Float64Array, expected: Float64Array, peak: number) {
  let best = { score: -1, from: 0, to: counts.length };
  for (let length = peak + 1; length >= 4 || length === peak + 1; length = length >> 1) {
    const score = distance(counts, expected, 0, 1, length);
    if (score > best.score) best = { score, from: 0, to: length };
    if (length < 4) break;
  }
  const right = counts.length - peak;
  for (let length = right; length >= 4 || length === right; length = length >> 1) {
    const score = distance(counts, expected, counts.length - 1, -1, length);
    if (score > best.score) best = { score, from: counts.length - length, to: counts.length };
    if (length < 4) break;
  }
  return best;
}

/** Kolmogorov-Smirnov distance of two histograms over `length` bins, times the root of their mean count. */
function distance(a: Float64Array, b: Float64Array, from: number, step: number, length: number): number {
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < length; i++) {
    sumA += a[from + i * step]!;
    sumB += b[from + i * step]!;
  }
  let soFarA = 0;
  let soFarB = 0;
  let most = 0;
  for (let i = 0; i < length; i++) {
    soFarA += a[from + i * step]! / sumA;
    soFarB += b[from + i * step]! / sumB;
    most = Math.max(most, Math.abs(soFarA - soFarB));
  }
  return most * Math.sqrt((sumA + sumB) / 2);
}
