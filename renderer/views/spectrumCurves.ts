import type { Box, Color, Domain, Size } from '../gl/mark.ts';
import { type Look, looksOf } from './chainLooks.ts';
import { memo } from './memo.ts';
import { unitColor } from './palette.ts';
import type { Data, ViewState } from './view.ts';

/** A line of the spectrum. */
export interface Curve {
  readonly label: string;
  /** unit²/Hz at 0, binHz, 2 binHz … */
  readonly density: Float32Array;
  readonly binHz: number;
  readonly unit: string;
  /** "mean of 32 of 384 channels" */
  readonly of: string;
  readonly color: Color;
}

interface Wanted {
  readonly of: 'all' | 'picked';
  readonly log: boolean;
  readonly zoom?: readonly [number, number] | undefined;
}

/** What lies where; frequencies are powers of ten where `log`. */
export interface SpectrumScene {
  readonly box: Box;
  readonly domain: Domain;
  /** All frequencies, as in the domain. */
  readonly all: readonly [number, number];
  readonly curves: readonly Curve[];
}

/** Before first, so that what comes after lies above it. */
export function curvesOf(state: ViewState, data: Data, { of }: Pick<Wanted, 'of'>): readonly Curve[] {
  const { before, after } = looksOf(state, data);
  const { palette } = state;
  return [...curveOf(before, of, palette.neutral), ...curveOf(after, of, unitColor(palette, 0))];
}

function curveOf(found: Look | undefined, of: Wanted['of'], color: Color): readonly Curve[] {
  const spectrum = found?.look.spectrum;
  if (!found || !spectrum) return [];
  const { look, side } = found;
  const { binHz, channels } = spectrum;
  const label = side.label;
  if (of === 'picked') {
    const id = found.found.args.channelId;
    return spectrum.own ? [{ label, density: spectrum.own, binHz, unit: look.unit, of: `channel ${id}`, color }] : [];
  }
  const all = look.channelIds.length;
  const told =
    channels < all ? `mean of ${channels} of ${all} channels` : `mean of ${all} channel${all > 1 ? 's' : ''}`;
  return [{ label, density: spectrum.density, binHz, unit: look.unit, of: told, color }];
}

/** Decibels below the loudest that are shown at most. */
const DEPTH = 100;

/** [frequency, dB] from the first frequency above 0 on. */
export function linePosition({ density, binHz }: Curve, log: boolean): Float32Array {
  return memo(density, `spectrum line ${log}`, () => {
    const out = new Float32Array(2 * (density.length - 1));
    for (let k = 1; k < density.length; k++) {
      out[2 * k - 2] = log ? Math.log10(k * binHz) : k * binHz;
      out[2 * k - 1] = Math.max(-400, 10 * Math.log10(density[k]!));
    }
    return out;
  });
}

/** CSS pixels of a line of the legend. */
export const LEGEND = 15;

export function sceneOf(state: ViewState, data: Data, options: Wanted, size: Size): SpectrumScene | undefined {
  const curves = curvesOf(state, data, options);
  // Their names stand above them.
  const top = 4 + LEGEND * curves.length;
  const box = { x: 46, y: top, width: size.width - 52, height: size.height - top - 24 };
  if (curves.length === 0 || box.width < 20 || box.height < 20) return undefined;
  const highest = Math.max(...curves.map(({ density, binHz }) => (density.length - 1) * binHz));
  const lowest = Math.min(...curves.map(({ binHz }) => binHz));
  const all = options.log ? ([Math.log10(lowest), Math.log10(highest)] as const) : ([0, highest] as const);
  const [from, to] = options.zoom ?? all;
  const [low, high] = decibels(curves);
  return { box, domain: [from, low, to, high], all, curves };
}

/** From the quietest to the loudest with a little room, of all frequencies: heights stay while one zooms. */
function decibels(curves: readonly Curve[]): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const curve of curves) {
    const line = linePosition(curve, false);
    for (let i = 1; i < line.length; i += 2) {
      if (line[i]! <= -400) continue;
      low = Math.min(low, line[i]!);
      high = Math.max(high, line[i]!);
    }
  }
  if (!(low < high)) return [high - 1 || -1, high + 1 || 1];
  return [Math.max(low, high - DEPTH) - 2, high + 4];
}
