import { type MatchTemplate, PHASES } from './matchTemplate.ts';
import type { Window } from './window.ts';

export interface FitOptions {
  /** Least improvement of the fit, in units of the noise's variance. */
  readonly leastGain: number;
  /** Smallest and largest size of a spike over its template. */
  readonly amplitudes: readonly [number, number];
}

/** A spike found: its trough's row on the main channel, its unit, its size over the template's. */
export interface Match {
  readonly row: number;
  readonly unit: number;
  readonly phase: number;
  readonly amplitude: number;
  readonly gain: number;
}

/** A template that may have made a trough on a channel: how deep and how much later than on its main one it is there. */
export interface Face {
  readonly unit: number;
  readonly delay: number;
  readonly depth: number;
}

/** Spread of a unit's spike sizes around 1, for the fit: sizes far from 1 have to earn it. */
const SIZE_SPREAD = 0.2;
/** Noise may make a trough this much shallower or deeper, in deviations. */
const NOISE = 4;
/** Frames a trough may be off because of noise. */
const OFF = 2;
const MIDDLE = (PHASES - 1) / 2;

/** The template that explains best the trough at `row`, if one does. traces: [channels][rows]; `faces`: of its channel. */
export function bestFit(
  traces: Float32Array,
  rows: number,
  row: number,
  channel: number,
  faces: readonly Face[],
  templates: readonly MatchTemplate[],
  window: Window,
  options: FitOptions,
): Match | undefined {
  const seen = -traces[channel * rows + row]!;
  const [least, most] = options.amplitudes;
  let best: Match | undefined;
  for (const { unit, delay, depth } of faces) {
    if (seen < least * depth - NOISE || seen > most * depth + NOISE) continue;
    const fit = fitTemplate(traces, rows, row - delay, unit, templates[unit]!, window, options);
    if (fit && fit.gain > (best?.gain ?? 0)) best = fit;
  }
  return best;
}

/** Climbs to the row and phase where the template fits best, from `start`. */
function fitTemplate(
  traces: Float32Array,
  rows: number,
  start: number,
  unit: number,
  template: MatchTemplate,
  window: Window,
  options: FitOptions,
): Match | undefined {
  const product = (row: number, phase = MIDDLE) => templateProduct(traces, rows, row, template, phase, window);
  let at = start;
  let here = product(at);
  // A few frames off no template loses that much.
  if (here < 0.4 * options.amplitudes[0] * template.power) return undefined;
  let before = product(at - 1);
  let after = product(at + 1);
  for (let moves = 0; moves < OFF && Math.max(before, after) > here; moves++) {
    if (after > before) {
      at++;
      [before, here, after] = [here, after, product(at + 1)];
    } else {
      at--;
      [before, here, after] = [product(at - 1), before, here];
    }
  }
  const phase = vertex(before, here, after);
  const there = phase === MIDDLE ? here : Math.max(here, product(at, phase));
  const { gain, amplitude } = gainOf(there, template, options);
  return gain > options.leastGain
    ? { row: at, unit, phase: there > here ? phase : MIDDLE, amplitude, gain }
    : undefined;
}

/** The phase nearest to the top of the parabola through three values a frame apart. */
function vertex(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after;
  const offset = bend < 0 ? (before - after) / (2 * bend) : 0;
  return Math.min(PHASES - 1, Math.max(0, Math.round(MIDDLE + offset * PHASES)));
}

/** How much better the data fit with the template in them, at its best size (with a prior around 1). */
function gainOf(product: number, template: MatchTemplate, options: FitOptions): { gain: number; amplitude: number } {
  const [least, most] = options.amplitudes;
  const signal = template.power / template.noise;
  const prior = 1 / SIZE_SPREAD ** 2;
  if (product / template.power < least) return { gain: 0, amplitude: 0 };
  const free = (product / template.noise + prior) / (signal + prior);
  const amplitude = Math.min(most, Math.max(least, free));
  const better = (2 * amplitude * product) / template.noise - amplitude * amplitude * signal;
  return { gain: better - prior * (amplitude - 1) ** 2, amplitude };
}

function templateProduct(
  traces: Float32Array,
  rows: number,
  row: number,
  template: MatchTemplate,
  phase: number,
  window: Window,
): number {
  const { channels } = template;
  const wave = template.phases[phase]!;
  const { samples } = window;
  const start = row - window.before;
  if (start < 0 || start + samples > rows) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let c = 0; c < channels.length; c++) {
    const at = channels[c]! * rows + start;
    const from = c * samples;
    for (let s = 0; s < samples; s++) sum += traces[at + s]! * wave[from + s]!;
  }
  return sum;
}
