import { detectPeaks } from './detect.ts';
import { bestFit, type Face, type FitOptions, type Match } from './fit.ts';
import type { MatchTemplate } from './matchTemplate.ts';
import { Touched } from './touched.ts';
import type { Window } from './window.ts';

/** Where troughs are looked for. */
export interface MatchSearch {
  readonly window: Window;
  readonly near: readonly Int32Array[];
  readonly sweep: number;
}

export interface MatchOptions extends FitOptions {
  /** Depth from which a trough is worth a look, in units of the noise; lower than the detection's. */
  readonly threshold: number;
}

const ROUNDS = 8;

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
  const touched = new Touched(near.length, rows);
  const found: Match[] = [];
  const from = window.samples;
  const to = rows - window.samples;
  for (let round = 1; round <= ROUNDS; round++) {
    const open = round > 1 ? (channel: number, row: number) => touched.since(channel, row) >= round - 1 : undefined;
    const peaks = detectPeaks(traces, rows, from, to, options.threshold, near, search.sweep, open);
    const fits: { readonly fit: Match; readonly row: number; readonly channel: number }[] = [];
    for (let i = 0; i < peaks.row.length; i++) {
      const row = peaks.row[i]!;
      const channel = peaks.channel[i]!;
      const fit = bestFit(traces, rows, row, channel, faces[channel]!, templates, window, options);
      if (fit) fits.push({ fit, row, channel });
    }
    fits.sort((a, b) => b.fit.gain - a.fit.gain || a.fit.row - b.fit.row);
    let taken = 0;
    for (const { fit, row, channel } of fits) {
      const { channels } = templates[fit.unit]!;
      const first = fit.row - window.before;
      if (touched.isAt(channels, first, first + window.samples, round)) {
        // Left for the next round, when it is looked at anew.
        touched.mark(channel, row, row + 1, round);
        continue;
      }
      for (const own of channels) touched.mark(own, first, first + window.samples, round);
      subtract(traces, rows, templates[fit.unit]!, fit, window);
      found.push(fit);
      taken++;
    }
    if (taken === 0) break;
  }
  return found.sort((a, b) => a.row - b.row || a.unit - b.unit);
}

function facesByChannel(templates: readonly MatchTemplate[], channels: number): Face[][] {
  const out: Face[][] = Array.from({ length: channels }, () => []);
  templates.forEach((template, unit) => {
    for (const { channel, delay, depth } of template.faces) out[channel]!.push({ unit, delay, depth });
  });
  return out;
}

function subtract(traces: Float32Array, rows: number, template: MatchTemplate, match: Match, window: Window): void {
  const wave = template.phases[match.phase]!;
  const { samples } = window;
  for (let c = 0; c < template.channels.length; c++) {
    const at = template.channels[c]! * rows + match.row - window.before;
    for (let s = 0; s < samples; s++) traces[at + s]! -= match.amplitude * wave[c * samples + s]!;
  }
}
