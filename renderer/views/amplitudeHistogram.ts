import type { UnitAmplitudes } from '../../core/shared/api.ts';
import type { Box, Domain, RectsMark } from '../gl/mark.ts';
import type { ShownUnit } from './amplitudeSpikes.ts';
import { countBins } from './countBins.ts';
import { memoLast } from './memoLast.ts';
import { bytes, fade, unitColor } from './palette.ts';
import type { ViewState } from './view.ts';

export const AMPLITUDE_BINS = 100;

/** How many spikes have an amplitude within each of the bins of the range. */
export function amplitudeCounts(spikes: UnitAmplitudes, range: readonly [number, number]): Float64Array {
  return memoLast(spikes, 'histogram', range.join(), () => countBins(spikes.amplitude, range, AMPLITUDE_BINS));
}

/** Lying histograms of amplitudes, over each other; `seen`: the amplitudes the box shows. */
export function histogramMarks(
  units: readonly ShownUnit[],
  range: readonly [number, number],
  box: Box,
  seen: readonly [number, number],
  { palette }: ViewState,
): RectsMark[] {
  const most = Math.max(1, ...units.map(({ spikes }) => Math.max(...amplitudeCounts(spikes, range))));
  const domain: Domain = [0, seen[0], 1.05 * most, seen[1]];
  return units.map(({ spikes, order }) => {
    const counts = amplitudeCounts(spikes, range);
    const rects = memoLast(counts, 'rects', range.join(), () => lyingBars(counts, range));
    const color = fade(unitColor(palette, order), units.length > 1 ? 0.55 : 0.9);
    const key = `${palette.name} ${order} ${units.length > 1}`;
    const colors = memoLast(counts, 'colors', key, () => bytes(color, AMPLITUDE_BINS));
    return { kind: 'rects', box, domain, rects, colors };
  });
}

function lyingBars(counts: Float64Array, [low, high]: readonly [number, number]): Float32Array {
  const step = (high - low) / counts.length;
  const rects = new Float32Array(4 * counts.length);
  counts.forEach((count, i) => {
    rects.set([0, low + i * step, count, low + (i + 1) * step], 4 * i);
  });
  return rects;
}
