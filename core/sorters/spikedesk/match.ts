import { detectPeaks } from './detect.ts';
import { type MatchTemplate, PHASES } from './matchTemplate.ts';
import type { Window } from './window.ts';

/** Where troughs are looked for. */
export interface MatchSearch {
  readonly window: Window;
  readonly near: readonly Int32Array[];
  readonly sweep: number;
}

export interface MatchOptions {
  /** Depth from which a trough is worth a look, in units of the noise; lower than the detection's. */
  readonly threshold: number;
  /** Least improvement of the fit, in units of the noise's variance. */
  readonly leastGain: number;
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

/** Spread of a unit's spike sizes around 1, for the fit: sizes far from 1 have to earn it. */
const SIZE_SPREAD = 0.2;
const ROUNDS = 8;
const BIN = 16;

/**
 * Explains a block by templates, greedily: troughs are fitted by every template that could have made them, the best
 * fits that do not touch each other are taken and subtracted, and what changed is looked at again. So two spikes on top
 * of each other are both found. traces: [channels][rows], what is left of it afterwards; matches by row.
 */
export function matchBlock(
  traces: Float32Array,
  rows: number,
  templates: readonly MatchTemplate[],
  search: MatchSearch,
  options: MatchOptions,
): Match[] {
  const { window, near } = search;
  const faces = facesByChannel(templates, near.length);
  const bins = Math.ceil(rows / BIN);
  // Round in which a stretch of a channel was last changed.
  const touched = new Int16Array(near.length * bins);
  const found: Match[] = [];
  const from = window.samples;
  const to = rows - window.samples;
  for (let round = 1; round <= ROUNDS; round++) {
    const peaks = detectPeaks(traces, rows, from, to, options.threshold, near, search.sweep);
    const fits: { readonly fit: Match; readonly bin: number }[] = [];
    for (let i = 0; i < peaks.row.length; i++) {
      const row = peaks.row[i]!;
      const channel = peaks.channel[i]!;
      const bin = channel * bins + Math.floor(row / BIN);
      if (round > 1 && touched[bin]! < round - 1) continue;
      const fit = bestFit(traces, rows, row, faces[channel]!, templates, window, options);
      if (fit) fits.push({ fit, bin });
    }
    fits.sort((a, b) => b.fit.gain - a.fit.gain || a.fit.row - b.fit.row);
    let taken = 0;
    for (const { fit, bin } of fits) {
      const template = templates[fit.unit]!;
      const first = Math.floor((fit.row - window.before) / BIN);
      const last = Math.floor((fit.row - window.before + window.samples) / BIN);
      if (isTouched(touched, template.channels, bins, first, last, round)) {
        // Left for the next round, when it is looked at anew.
        touched[bin] = round;
        continue;
      }
      for (const channel of template.channels) touched.fill(round, channel * bins + first, channel * bins + last + 1);
      subtract(traces, rows, template, fit, window);
      found.push(fit);
      taken++;
    }
    if (taken === 0) break;
  }
  return found.sort((a, b) => a.row - b.row || a.unit - b.unit);
}

interface Face {
  readonly unit: number;
  readonly delay: number;
}

function facesByChannel(templates: readonly MatchTemplate[], channels: number): Face[][] {
  const out: Face[][] = Array.from({ length: channels }, () => []);
  templates.forEach((template, unit) => {
    for (const { channel, delay } of template.faces) out[channel]!.push({ unit, delay });
  });
  return out;
}

function bestFit(
  traces: Float32Array,
  rows: number,
  row: number,
  faces: readonly Face[],
  templates: readonly MatchTemplate[],
  window: Window,
  options: MatchOptions,
): Match | undefined {
  let best: Match | undefined;
  for (const { unit, delay } of faces) {
    const template = templates[unit]!;
    const start = row - delay;
    let at = start;
    let most = Number.NEGATIVE_INFINITY;
    for (let r = start - 2; r <= start + 2; r++) {
      const product = templateProduct(traces, rows, r, template, (PHASES - 1) / 2, window);
      if (product > most) {
        most = product;
        at = r;
      }
    }
    if (gainOf(most, template, options).gain < 0.7 * options.leastGain) continue;
    let phase = (PHASES - 1) / 2;
    for (let p = 0; p < PHASES; p++) {
      if (p === (PHASES - 1) / 2) continue;
      const product = templateProduct(traces, rows, at, template, p, window);
      if (product > most) {
        most = product;
        phase = p;
      }
    }
    const { gain, amplitude } = gainOf(most, template, options);
    if (gain > options.leastGain && gain > (best?.gain ?? 0)) best = { row: at, unit, phase, amplitude, gain };
  }
  return best;
}

/** How much better the data fit with the template in them, at its best size (with a prior around 1). */
function gainOf(product: number, template: MatchTemplate, options: MatchOptions): { gain: number; amplitude: number } {
  const [least, most] = options.amplitudes;
  const signal = template.power / template.noise;
  const prior = 1 / SIZE_SPREAD ** 2;
  const free = (product / template.noise + prior) / (signal + prior);
  if (product / template.power < least) return { gain: 0, amplitude: 0 };
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

function subtract(traces: Float32Array, rows: number, template: MatchTemplate, match: Match, window: Window): void {
  const wave = template.phases[match.phase]!;
  const { samples } = window;
  for (let c = 0; c < template.channels.length; c++) {
    const at = template.channels[c]! * rows + match.row - window.before;
    for (let s = 0; s < samples; s++) traces[at + s]! -= match.amplitude * wave[c * samples + s]!;
  }
}

function isTouched(
  touched: Int16Array,
  channels: Int32Array,
  bins: number,
  first: number,
  last: number,
  round: number,
): boolean {
  for (const channel of channels)
    for (let b = channel * bins + first; b <= channel * bins + last; b++) if (touched[b] === round) return true;
  return false;
}
