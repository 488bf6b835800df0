import type { BarsMark, Box, LinesMark } from '../gl/mark.ts';
import { fillBarPixels } from './barPixels.ts';
import type { HistogramRows } from './histogramRows.ts';
import { memoLast } from './memoLast.ts';
import { fade } from './palette.ts';
import { colorOf } from './shownUnits.ts';
import type { ViewState } from './view.ts';

/** The bars of each unit; where units lie over each other pale, with an outline that can be followed. */
export function rowBars(
  rows: HistogramRows,
  boxes: readonly Box[],
  tops: readonly number[],
  state: ViewState,
): (BarsMark | LinesMark)[] {
  const { unitIds, counts, bins, factors, span, seen, overlapped } = rows;
  const pixels = Math.max(1, Math.round((boxes[0]?.width ?? 0) * state.ratio));
  const perBin = (span[1] - span[0]) / bins;
  const [from, to] = [(seen[0] - span[0]) / perBin, (seen[1] - span[0]) / perBin];
  const heights = memoLast(counts, 'rows', [pixels, from, to, ...factors, ...tops].join(), () => {
    const out = new Float32Array(unitIds.length * pixels);
    for (let i = 0; i < unitIds.length; i++) {
      const stretch = { first: i * bins, bins, from, to, factor: factors[i]! / tops[i]! };
      fillBarPixels(out, i * pixels, pixels, counts, stretch);
    }
    return out;
  });
  const outlined = overlapped && unitIds.length > 1;
  const bars = unitIds.map((unitId, i): BarsMark => {
    const color = fade(colorOf(state, unitId), outlined ? 0.2 : 1);
    return { kind: 'bars', box: boxes[i]!, heights, bins: pixels, row: i, top: 1, color };
  });
  if (!outlined) return bars;
  const position = memoLast(heights, 'outlines', '', () => stepLines(heights, pixels));
  const outlines = unitIds.map((unitId, i): LinesMark => {
    const color = colorOf(state, unitId);
    const line = { position, run: 2 * pixels, from: i, to: i + 1, color };
    return { kind: 'lines', box: boxes[i]!, domain: [0, 0, pixels, 1], ...line };
  });
  // The first selected is on top.
  return [...bars, ...outlines.reverse()];
}

/** heights: [rows][pixels]; out: [rows][2 pixels][x, y] */
function stepLines(heights: Float32Array, pixels: number): Float32Array {
  const out = new Float32Array(4 * heights.length);
  heights.forEach((height, i) => {
    const pixel = i % pixels;
    out.set([pixel, height, pixel + 1, height], 4 * i);
  });
  return out;
}
