import type { UnitTable } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Domain, Size } from '../gl/mark.ts';
import { type MetricBars, metricBars } from './metricBars.ts';
import { columnOf, drawnValues, inTable, type MetricColumn, tableIn } from './metricColumns.ts';
import { inBox, keepRange, type Plane, valueX } from './plane.ts';
import type { Data, Hit, ViewState } from './view.ts';

export const params = z.object({
  metric: z.string().max(200).default('snr').describe('Which column of numbers of the unit table.'),
  bins: z.number().int().min(2).max(1000).default(30).describe('Into how many bars the values are cut.'),
  log: z.boolean().default(false).meta({ title: 'Logarithmic' }).describe('For values over many powers of ten.'),
  /** Values that are seen, as drawn, and of what; left out: all. */
  zoom: z
    .object({ of: z.string(), range: z.tuple([z.number(), z.number()]) })
    .optional()
    .meta({ moment: true }),
});
export type HistogramOptions = z.output<typeof params>;

/** Shown where the metric chosen is not there. */
export const OTHERS = ['amplitude_median', 'num_spikes'];
const LEFT = 44;
const TOP = 8;
const BOTTOM = 36;

/** The options with which those values are seen, as far as there are such. */
export function zoomed(
  { zoom: _zoom, ...options }: HistogramOptions,
  { column, bars }: HistogramScene,
  to: [number, number],
) {
  const range = keepRange(to, bars.range, (bars.range[1] - bars.range[0]) / 1000);
  return range ? { ...options, zoom: { of: axisOf(column, options.log), range } } : options;
}

function axisOf({ name }: MetricColumn, log: boolean): string {
  return log ? `log ${name}` : name;
}

/** What lies where. */
export interface HistogramScene {
  readonly table: UnitTable;
  readonly column: MetricColumn;
  readonly bars: MetricBars;
  readonly plane: Plane;
}

export function sceneOf(
  state: ViewState,
  data: Data,
  options: HistogramOptions,
  size: Size,
): HistogramScene | undefined {
  const table = tableIn(data);
  const column = table && columnOf(table, options.metric, OTHERS);
  const bars = column && metricBars(drawnValues(column, options.log), inTable(table, state), options.bins);
  if (!table || !column || !bars) return undefined;
  const box = {
    x: LEFT,
    y: TOP,
    width: Math.max(1, Math.floor(size.width - LEFT - 8)),
    height: Math.max(1, Math.floor(size.height - TOP - BOTTOM)),
  };
  const { zoom } = options;
  const [from, to] = zoom?.of === axisOf(column, options.log) ? zoom.range : bars.range;
  const domain: Domain = [from, 0, to, 1.1 * Math.max(1, ...bars.all)];
  return { table, column, bars, plane: { box, domain } };
}

/** The bar under the pointer. */
export function binAt(hit: Hit, { plane, bars }: HistogramScene): number | undefined {
  if (!inBox(hit, plane.box)) return undefined;
  const [from, to] = bars.range;
  const bin = Math.floor(((valueX(plane, hit.x) - from) / (to - from)) * bars.bins);
  return bin >= 0 && bin < bars.bins ? bin : undefined;
}

/** Units of the rows that count and that the unit table shows, in its order. */
export function chosen({ table }: HistogramScene, state: ViewState, counts: (row: number) => boolean, add: boolean) {
  const kept = inTable(table, state);
  const place = new Map(state.order.map((unitId, i) => [unitId, i]));
  const unitIds = table.unitIds.filter((_, row) => kept[row] === 1 && counts(row));
  unitIds.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return unitIds.length > 0 ? ({ kind: 'units', unitIds, add } as const) : undefined;
}
