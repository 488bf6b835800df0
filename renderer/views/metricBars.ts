import type { UnitTable } from '../../core/shared/api.ts';
import type { Color } from '../gl/mark.ts';
import { binOf } from './countBins.ts';
import { rowsOf } from './metricColumns.ts';
import { bytes, fade, unitColor } from './palette.ts';
import { extent } from './plane.ts';
import type { ViewState } from './view.ts';

/** A metric over all units, cut into bins. */
export interface MetricBars {
  readonly range: readonly [number, number];
  readonly bins: number;
  /** Units a bin: all, and those the unit table shows. */
  readonly all: Float64Array;
  readonly kept: Float64Array;
  /** Bin of each unit; −1: it has no value. [units] */
  readonly binOfUnit: Int32Array;
}

/** values: [units], as they are drawn; kept: [units]. Undefined: there is no value. */
export function metricBars(values: Float64Array, kept: Uint8Array, bins: number): MetricBars | undefined {
  const ends = extent(values);
  if (!ends) return undefined;
  const range = ends[0] < ends[1] ? ends : ([ends[0] - 0.5, ends[1] + 0.5] as const);
  const counts = { all: new Float64Array(bins), kept: new Float64Array(bins) };
  const binOfUnit = Int32Array.from(values, (value) => binOf(value, range, bins) ?? -1);
  binOfUnit.forEach((bin, unit) => {
    if (bin < 0) return;
    counts.all[bin]!++;
    if (kept[unit] === 1) counts.kept[bin]!++;
  });
  return { range, bins, ...counts, binOfUnit };
}

/** More are selected: those have the colour of text. */
export const MAX_COLORS = 20;

/**
 * Bars as rectangles in values and units: below the selected in their colours, then those of the table, above them
 * the ones that are filtered out.
 */
export function barRects(bars: MetricBars, table: UnitTable, { unitIds: selected, palette }: ViewState) {
  const rects: number[] = [];
  const colors: Color[] = [];
  const step = (bars.range[1] - bars.range[0]) / bars.bins;
  const add = (bin: number, from: number, to: number, color: Color) => {
    if (to <= from) return;
    rects.push(bars.range[0] + bin * step, from, bars.range[0] + (bin + 1) * step, to);
    colors.push(color);
  };
  const height = new Float64Array(bars.bins);
  const rows = rowsOf(table);
  selected.forEach((unitId, order) => {
    const bin = bars.binOfUnit[rows.get(unitId) ?? -1] ?? -1;
    if (bin < 0) return;
    add(bin, height[bin]!, height[bin]! + 1, order < MAX_COLORS ? unitColor(palette, order) : palette.text);
    height[bin]!++;
  });
  for (let bin = 0; bin < bars.bins; bin++) {
    const kept = Math.max(height[bin]!, bars.kept[bin]!);
    add(bin, height[bin]!, kept, fade(palette.neutral, 0.8));
    add(bin, kept, bars.all[bin]!, fade(palette.neutral, 0.3));
  }
  const out = new Uint8Array(4 * colors.length);
  colors.forEach((color, i) => {
    out.set(bytes(color), 4 * i);
  });
  return { rects: Float32Array.from(rects), colors: out };
}
