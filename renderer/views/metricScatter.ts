import { z } from '../../core/shared/zod.ts';
import type { Mark } from '../gl/mark.ts';
import { bottomAxis, leftAxis } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { metricChoices, rowsOf, tableIn, tableQuery, titleOf, valueText } from './metricColumns.ts';
import { isDrawn, nearestRow, pointLabels, pointMarks } from './metricPoints.ts';
import { columnsOf, OTHERS, sceneOf, withDomain } from './metricScatterScene.ts';
import { inBox, pixelX, pixelY, valueX, valueY, zoomRange } from './plane.ts';
import { insidePolygon } from './polygon.ts';
import type { View } from './view.ts';

const name = z.string().max(200);
const params = z.object({
  x: name
    .default('amplitude_median')
    .meta({ title: 'Across' })
    .describe('Column of the unit table from left to right.'),
  y: name.default('depth').meta({ title: 'Upwards' }).describe('Column of the unit table from the bottom to the top.'),
  size: name
    .default('firing_rate')
    .meta({ title: 'Point size' })
    .describe('Column that tells the size of points, on a logarithmic scale; empty: all the same.'),
  logX: z.boolean().default(false).meta({ title: 'Logarithmic across' }).describe('For many powers of ten.'),
  logY: z.boolean().default(false).meta({ title: 'Logarithmic upwards' }).describe('For many powers of ten.'),
  labels: z.boolean().default(true).describe('Names of the selected units.'),
  /** What is seen, as drawn, and of what; left out: all. */
  zoom: z
    .object({ of: z.string(), domain: z.tuple([z.number(), z.number(), z.number(), z.number()]) })
    .optional()
    .meta({ moment: true }),
});

type ScatterOptions = z.output<typeof params>;

export const metricScatter: View<ScatterOptions> = {
  name: 'metricScatter',
  label: 'Metric scatter',
  help: 'Every unit as a point: two metrics, and a third as its size. Selected units have their colours; units that the table has filtered out are pale. Click a unit to select it, ctrl+click to add it, shift+drag around several to select them. Wheel and drag zoom and move (with shift only upwards, with ctrl only across), double click shows all.',
  params,
  bar: ['x', 'y', 'size'],
  commands: [
    { id: 'log-x', label: 'Logarithmic or linear across', keys: [], run: (o) => ({ ...o, logX: !o.logX }) },
    { id: 'log-y', label: 'Logarithmic or linear upwards', keys: [], run: (o) => ({ ...o, logY: !o.logY }) },
    { id: 'labels', label: 'Names of selected units on or off', keys: [], run: (o) => ({ ...o, labels: !o.labels }) },
  ],

  choices(_state, { x, y, size }, data) {
    const sizes = metricChoices(data, size, []).filter(({ value }) => value !== '');
    const same = { value: '', label: 'same size' };
    const known = sizes.some(({ value }) => value === size);
    return {
      x: metricChoices(data, x, OTHERS.x),
      y: metricChoices(data, y, OTHERS.y),
      size: known ? [...sizes, same] : [same, ...sizes],
    };
  },

  query(state) {
    return tableQuery(state);
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const background: Mark = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background };
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [background];
    const { columns, points, plane } = scene;
    const { box, domain } = plane;
    const axis = { box, unit: '', palette } as const;
    return [
      background,
      ...pointMarks(points, plane, state),
      ...(options.labels ? pointLabels(points, plane, state) : []),
      ...leftAxis({ ...axis, from: domain[1], to: domain[3], log: options.logY }),
      ...bottomAxis({ ...axis, from: domain[0], to: domain[2], log: options.logX }),
      { kind: 'label', x: 8, y: 10, text: titleOf(columns.y), align: 'left', tone: 'plain' },
      {
        kind: 'label',
        x: box.x + box.width / 2,
        y: box.y + box.height + 27,
        text: titleOf(columns.x),
        align: 'center',
        tone: 'plain',
      },
    ];
  },

  empty({ session }, options, data) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    const table = tableIn(data);
    return table && !columnsOf(table, options) ? 'The unit table has no numbers yet: run Analyze.' : undefined;
  },

  summary(state, data, options) {
    const scene = sceneOf(state, data, options, { width: 100, height: 100 });
    if (!scene) return '';
    const { table, kept } = scene.points;
    const all = table.unitIds.length;
    const shown = kept.reduce((n, _, row) => n + (isDrawn(scene.points, row) ? 1 : 0), 0);
    const out = kept.reduce((n, one) => n + 1 - one, 0);
    return [
      shown === all
        ? `${all.toLocaleString('en')} units`
        : `${shown.toLocaleString('en')} of ${all.toLocaleString('en')} units`,
      ...scene.missing,
      ...(out > 0 ? [`${out.toLocaleString('en')} filtered out of the table`] : []),
    ].join(' · ');
  },

  explain(state, data, options) {
    const scene = sceneOf(state, data, options, { width: 100, height: 100 });
    if (!scene) return explainSpikes(state);
    const { x, y, size } = scene.columns;
    const told = [x, y, ...(size ? [size] : [])];
    return [
      ...explainSpikes(state),
      ...told.map((column): [string, string] => [
        titleOf(column),
        `${column.help} (column ${column.name} of the unit table)`,
      ]),
      ['Not shown', scene.missing.join(', ') || 'no unit'],
    ];
  },

  table(state, data, options) {
    const scene = sceneOf(state, data, options, { width: 100, height: 100 });
    if (!scene) return [];
    const { x, y, size } = scene.columns;
    const told = [x, y, ...(size ? [size] : [])];
    return [
      ['unit', ...told.map(titleOf)],
      ...scene.points.table.unitIds.map((unitId, row) => [unitId, ...told.map(({ values }) => values[row]!)]),
    ];
  },

  read(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const row = scene && nearestRow(hit, scene.points, scene.plane, state);
    if (!scene || row === undefined) return undefined;
    const { x, y, size: third } = scene.columns;
    const told = [x, y, ...(third ? [third] : [])].map(
      (column) => `${column.label} ${valueText(column.values[row]!, column)}`,
    );
    return [`unit ${scene.points.table.unitIds[row]}`, ...told].join(' · ');
  },

  point(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const row = scene && nearestRow(hit, scene.points, scene.plane, state);
    const unitId = row === undefined ? undefined : scene?.points.table.unitIds[row];
    return unitId === undefined ? undefined : { unitId };
  },

  echo({ unitId }, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const row = scene && unitId !== undefined ? rowsOf(scene.points.table).get(unitId) : undefined;
    if (!scene || row === undefined || !isDrawn(scene.points, row)) return [];
    const { points, plane } = scene;
    const [x, y] = [pixelX(plane, points.x[row]!), pixelY(plane, points.y[row]!)];
    return inBox({ x, y }, plane.box) ? [{ kind: 'ring', x, y, radius: points.diameter[row]! / 2 + 5 }] : [];
  },

  pick(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const row = scene && nearestRow(hit, scene.points, scene.plane, state);
    const unitId = row === undefined ? undefined : scene?.points.table.unitIds[row];
    return unitId === undefined ? undefined : { kind: 'select', unitId, add: hit.ctrl };
  },

  lasso(line, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return undefined;
    const { points, plane } = scene;
    const unitIds = points.table.unitIds.filter(
      (_, row) =>
        points.kept[row] === 1 &&
        isDrawn(points, row) &&
        insidePolygon({ x: pixelX(plane, points.x[row]!), y: pixelY(plane, points.y[row]!) }, line),
    );
    return unitIds.length > 0 ? { kind: 'units', unitIds, add: false } : undefined;
  },

  drag({ dx, dy }, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { box, domain } = scene.plane;
    const bx = (dx / box.width) * (domain[2] - domain[0]);
    const by = (dy / box.height) * (domain[3] - domain[1]);
    return withDomain(options, scene, [domain[0] - bx, domain[1] + by, domain[2] - bx, domain[3] + by]);
  },

  wheel(hit, turn, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { plane } = scene;
    const [x0, y0, x1, y1] = plane.domain;
    const factor = 0.8 ** turn;
    const across = zoomRange([x0, x1], valueX(plane, hit.x), hit.shift ? 1 : factor);
    const upwards = zoomRange([y0, y1], valueY(plane, hit.y), hit.ctrl ? 1 : factor);
    return withDomain(options, scene, [across[0], upwards[0], across[1], upwards[1]]);
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },
};
