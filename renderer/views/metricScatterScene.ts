import type { UnitTable } from '../../core/shared/api.ts';
import type { Size } from '../gl/mark.ts';
import { memo } from './memo.ts';
import {
  columnOf,
  drawnValues,
  inTable,
  type MetricColumn,
  metricColumns,
  missingText,
  tableIn,
} from './metricColumns.ts';
import { diameters, type MetricPoints } from './metricPoints.ts';
import { extent, type Plane } from './plane.ts';
import type { Data, ViewState } from './view.ts';

interface Chosen {
  readonly x: string;
  readonly y: string;
  readonly size: string;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly zoom?: Zoom | undefined;
}

interface Zoom {
  readonly of: string;
  readonly domain: Plane['domain'];
}

interface ScatterColumns {
  readonly x: MetricColumn;
  readonly y: MetricColumn;
  readonly size: MetricColumn | undefined;
}

export interface ScatterScene {
  readonly columns: ScatterColumns;
  readonly points: MetricPoints;
  readonly plane: Plane;
  /** "12 units have no SNR" */
  readonly missing: readonly string[];
}

/** Shown where the columns chosen are not there, as in a sorting without an analyzer. */
export const OTHERS = {
  x: ['amp', 'Amplitude', 'snr', 'num_spikes'],
  y: ['snr', 'firing_rate', 'presence_ratio'],
} as const;

const LEFT = 52;
const TOP = 22;
const BOTTOM = 36;
const RIGHT = 10;

export function columnsOf(table: UnitTable, { x, y, size }: Chosen): ScatterColumns | undefined {
  const [across, upwards] = [columnOf(table, x, OTHERS.x), columnOf(table, y, OTHERS.y)];
  const third = metricColumns(table).find((column) => column.name === size);
  return across && upwards && { x: across, y: upwards, size: third };
}

export function sceneOf(state: ViewState, data: Data, chosen: Chosen, size: Size): ScatterScene | undefined {
  const table = tableIn(data);
  const columns = table && columnsOf(table, chosen);
  if (!table || !columns) return undefined;
  const { logX, logY, zoom } = chosen;
  const points: MetricPoints = {
    table,
    x: drawnValues(columns.x, logX),
    y: drawnValues(columns.y, logY),
    diameter: memo(table, `diameters ${columns.size?.name}`, () =>
      diameters(columns.size?.values, table.unitIds.length),
    ),
    kept: inTable(table, state),
    key: `${axesOf(columns, chosen)} ${columns.size?.name}`,
  };
  const box = {
    x: LEFT,
    y: TOP,
    width: Math.max(1, Math.floor(size.width - LEFT - RIGHT)),
    height: Math.max(1, Math.floor(size.height - TOP - BOTTOM)),
  };
  const domain = zoom?.of === axesOf(columns, chosen) ? zoom.domain : whole(points);
  const missing = [...new Set([...missingText(columns.x, logX), ...missingText(columns.y, logY)])];
  return { columns, points, plane: { box, domain }, missing };
}

export function withDomain<Options extends Chosen>(
  options: Options,
  { columns }: ScatterScene,
  domain: [number, number, number, number],
): Options & { zoom: { of: string; domain: [number, number, number, number] } } {
  return { ...options, zoom: { of: axesOf(columns, options), domain } };
}

function axesOf({ x, y }: ScatterColumns, { logX, logY }: Chosen): string {
  return [logX ? 'log' : '', x.name, logY ? 'log' : '', y.name].join(' ');
}

/** All units, with some room around. */
function whole({ x, y }: MetricPoints): Plane['domain'] {
  const [x0, x1] = roomy(extent(x));
  const [y0, y1] = roomy(extent(y));
  return [x0, y0, x1, y1];
}

function roomy([low, high]: readonly [number, number] = [0, 1]): readonly [number, number] {
  const room = 0.05 * (high - low) || 0.5;
  return [low - room, high + room];
}
