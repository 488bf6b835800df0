import { SECTION_SIZE, type SosFilter } from '../compute/sosFiltFilt.ts';

export type Complex = readonly [re: number, im: number];

/** One section's numerator and denominator, three numbers each. */
interface Row {
  readonly b: readonly number[];
  readonly a: readonly number[];
}

/** Zeros, poles and gain of a filter. */
interface Zpk {
  readonly zeros: readonly Complex[];
  readonly poles: readonly Complex[];
  readonly gain: number;
}

/**
 * Butterworth filter as second-order sections: the analog prototype's poles lie on the unit circle's left half.
 * Agrees with scipy.signal.butter.
 *
 * `band`: [low, high] in Hz for a band-pass, [low] for a high-pass; below half the sampling frequency.
 */
export function butterworth(order: number, band: readonly number[], samplingFrequency: number): SosFilter {
  const poles = Array.from({ length: order }, (_, k): Complex => {
    const angle = (Math.PI * (2 * k + 1 - order)) / (2 * order);
    return [-Math.cos(angle), -Math.sin(angle)];
  });
  return digitalFilter(poles, band, samplingFrequency);
}

/**
 * The filter of an analog prototype (a low-pass of gain 1 without zeros whose poles' product is of size 1), moved to
 * the wanted band (Parks & Burrus, Digital Filter Design, 1987, ch. 7), then the bilinear transform with its corner
 * frequencies prewarped.
 */
export function digitalFilter(
  poles: readonly Complex[],
  band: readonly number[],
  samplingFrequency: number,
): SosFilter {
  // In units of twice the sampling frequency, so the bilinear transform is s = (z - 1) / (z + 1).
  const corners = band.map((hz) => Math.tan((Math.PI * hz) / samplingFrequency));
  const analog = corners.length === 2 ? bandPass(poles, corners[0]!, corners[1]!) : highPass(poles, corners[0]!);
  return sections(bilinear(analog));
}

/** s → w / s: every pole takes a zero at 0. The prototype's gain is 1 at 0, so now at infinity. */
function highPass(poles: readonly Complex[], corner: number): Zpk {
  return {
    zeros: poles.map((): Complex => [0, 0]),
    poles: poles.map((p) => divide([corner, 0], p)),
    gain: 1,
  };
}

/** s → (s² + w0²) / (s · width): every pole becomes two and takes one zero at 0. */
function bandPass(poles: readonly Complex[], low: number, high: number): Zpk {
  const width = high - low;
  const centre = low * high;
  const moved = poles.flatMap(([re, im]): Complex[] => {
    const half: Complex = [(re * width) / 2, (im * width) / 2];
    const square: Complex = [half[0] ** 2 - half[1] ** 2 - centre, 2 * half[0] * half[1]];
    const root = squareRoot(square);
    return [
      [half[0] + root[0], half[1] + root[1]],
      [half[0] - root[0], half[1] - root[1]],
    ];
  });
  return { zeros: poles.map((): Complex => [0, 0]), poles: moved, gain: width ** poles.length };
}

/** z = (1 + s) / (1 - s); zeros at infinity come to -1. */
function bilinear({ zeros, poles, gain }: Zpk): Zpk {
  const map = ([re, im]: Complex): Complex => divide([1 + re, im], [1 - re, -im]);
  let scale: Complex = [gain, 0];
  for (const [re, im] of zeros) scale = multiply(scale, [1 - re, -im]);
  for (const [re, im] of poles) scale = divide(scale, [1 - re, -im]);
  const atInfinity = Array.from({ length: poles.length - zeros.length }, (): Complex => [-1, 0]);
  return { zeros: [...zeros.map(map), ...atInfinity], poles: poles.map(map), gain: scale[0] };
}

/**
 * Poles in conjugate pairs, those nearest the unit circle last (least overflow between sections), each pair with the
 * two zeros nearest to it. A Butterworth filter's zeros are all at 1 and -1.
 */
function sections({ zeros, poles, gain }: Zpk): SosFilter {
  const free = zeros.map(([re]) => re);
  const takeNearest = (pole: Complex): number => {
    let best = 0;
    free.forEach((zero, i) => {
      if (Math.hypot(zero - pole[0], pole[1]) < Math.hypot(free[best]! - pole[0], pole[1])) best = i;
    });
    return free.splice(best, 1)[0]!;
  };
  const rows = pairs(poles).map(([p, q]): Row => {
    if (q === undefined) return { b: [1, -takeNearest(p), 0], a: [1, -p[0], 0] };
    return { b: quadratic([takeNearest(p), 0], [takeNearest(p), 0]), a: quadratic(p, q) };
  });
  rows.reverse();
  return { sections: withSteadyState(rows), gain, edge: edgeOf(rows) };
}

/** Pairs of poles, nearest to the unit circle first; a lone real pole comes alone. */
function pairs(poles: readonly Complex[]): [Complex, Complex | undefined][] {
  const upper = poles.filter(([, im]) => im > 1e-12);
  const real = poles.filter(([, im]) => Math.abs(im) <= 1e-12).sort(([a], [b]) => Math.abs(b) - Math.abs(a));
  const made: [Complex, Complex | undefined][] = upper.map((p) => [p, [p[0], -p[1]]]);
  for (let i = 0; i < real.length; i += 2) made.push([real[i]!, real[i + 1]]);
  return made.sort(([p], [q]) => Math.hypot(...q) - Math.hypot(...p));
}

/** (x - p)(x - q) for conjugate or real p and q. */
function quadratic(p: Complex, q: Complex): number[] {
  return [1, -(p[0] + q[0]), p[0] * q[0] - p[1] * q[1]];
}

/**
 * Sections as SciPy writes them, six numbers each (b0 b1 b2 a0 a1 a2, neither b0 nor a0 being 0), ready to run.
 */
export function givenSections(rows: readonly (readonly number[])[]): SosFilter {
  let gain = 1;
  const scaled = rows.map(([b0, b1, b2, a0, a1, a2]): Row => {
    gain *= b0! / a0!;
    return { b: [1, b1! / b0!, b2! / b0!], a: [1, a1! / a0!, a2! / a0!] };
  });
  return { sections: withSteadyState(scaled), gain, edge: edgeOf(scaled) };
}

/** SciPy pads 3 times the number of taps. */
function edgeOf(rows: readonly Row[]): number {
  const missing = (side: 'a' | 'b') => rows.filter((row) => row[side][2] === 0).length;
  return 3 * (2 * rows.length + 1 - Math.min(missing('a'), missing('b')));
}

/** Rows as SosFilter has them, with the state that a constant input of 1 settles to (direct form II transposed). */
function withSteadyState(rows: readonly Row[]): Float64Array {
  const out = new Float64Array(rows.length * SECTION_SIZE);
  let input = 1;
  rows.forEach(({ b, a }, i) => {
    const [b1, b2] = [b[1]!, b[2]!];
    const [a1, a2] = [a[1]!, a[2]!];
    const output = (1 + b1 + b2) / (1 + a1 + a2);
    const z1 = b2 - a2 * output;
    const z0 = b1 - a1 * output + z1;
    out.set([b1, b2, a1, a2, z0 * input, z1 * input], i * SECTION_SIZE);
    input *= output;
  });
  return out;
}

function multiply([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c];
}

function divide([a, b]: Complex, [c, d]: Complex): Complex {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}

function squareRoot([re, im]: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + Math.abs(re)) / 2);
  if (root === 0) return [0, 0];
  const other = Math.abs(im) / (2 * root);
  const sign = im < 0 ? -1 : 1;
  return re >= 0 ? [root, sign * other] : [other, sign * root];
}
