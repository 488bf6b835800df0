import type { Mark } from '../gl/mark.ts';
import { bottomAxis, leftAxis, pixelLines } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { barRects, MAX_COLORS } from './metricBars.ts';
import {
  columnOf,
  drawnValue,
  drawnValues,
  inTable,
  metricChoices,
  missingText,
  tableIn,
  tableQuery,
  titleOf,
  valueText,
} from './metricColumns.ts';
import { binAt, chosen, type HistogramOptions, OTHERS, params, sceneOf, zoomed } from './metricHistogramScene.ts';
import { fade, unitColor } from './palette.ts';
import { pixelX, valueX, zoomRange } from './plane.ts';
import { stepped } from './steps.ts';
import type { View } from './view.ts';

const BINS = [10, 20, 30, 50, 100, 200, 500];

export const metricHistogram: View<HistogramOptions> = {
  name: 'metricHistogram',
  label: 'Metric histogram',
  help: 'How a metric is distributed over all units. Selected units have their colours; units that the table has filtered out are pale. Click a bar to select its units, shift+drag to select a range; wheel and drag zoom and move, alt+wheel changes the bars, double click shows all.',
  params,
  bar: ['metric', 'log'],
  commands: [{ id: 'log', label: 'Logarithmic or linear', keys: [], run: (o) => ({ ...o, log: !o.log }) }],

  choices(_state, { metric }, data) {
    return { metric: metricChoices(data, metric, OTHERS) };
  },

  query(state) {
    return tableQuery(state);
  },

  draw(state, data, options, size) {
    const { palette, unitIds } = state;
    const background: Mark = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background };
    const scene = sceneOf(state, data, options, size);
    if (!scene) return [background];
    const { table, column, bars, plane } = scene;
    const { box, domain } = plane;
    const values = drawnValues(column, options.log);
    // A unit among many is a bar too low to see: a line at its value is not.
    const lines = unitIds.slice(0, MAX_COLORS).flatMap((unitId, order): Mark[] => {
      const x = pixelX(plane, values[table.unitIds.indexOf(unitId)] ?? Number.NaN);
      return Number.isFinite(x)
        ? [pixelLines([x, box.y, x, box.y + box.height], fade(unitColor(palette, order), 0.9), box)]
        : [];
    });
    const bottom = { box, from: domain[0], to: domain[2], unit: '', palette, log: options.log };
    return [
      background,
      { kind: 'rects', box, domain, ...barRects(bars, table, state) },
      ...lines,
      ...leftAxis({ box, from: 0, to: domain[3], unit: 'units', palette, whole: true }),
      ...bottomAxis(bottom),
      {
        kind: 'label',
        x: box.x + box.width / 2,
        y: box.y + box.height + 27,
        text: titleOf(column),
        align: 'center',
        tone: 'plain',
      },
    ];
  },

  empty({ session }, _options, data) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    const table = tableIn(data);
    return table && !columnOf(table, '', []) ? 'The unit table has no numbers yet: run Analyze.' : undefined;
  },

  summary(state, data, options) {
    const table = tableIn(data);
    const column = table && columnOf(table, options.metric, OTHERS);
    if (!table || !column) return '';
    const out = inTable(table, state).reduce((n, kept) => n + 1 - kept, 0);
    return [
      `${table.unitIds.length.toLocaleString('en')} units`,
      ...missingText(column, options.log),
      ...(out > 0 ? [`${out.toLocaleString('en')} filtered out of the table`] : []),
    ].join(' · ');
  },

  explain(state, data, options) {
    const table = tableIn(data);
    const column = table && columnOf(table, options.metric, OTHERS);
    if (!table || !column) return explainSpikes(state);
    return [
      ...explainSpikes(state),
      [titleOf(column), `${column.help} (column ${column.name} of the unit table)`],
      ['Bars', `${options.bins} of equal width${options.log ? ' on a logarithmic axis' : ''}, over all units`],
      ['Not shown', missingText(column, options.log).join(', ') || 'no unit'],
    ];
  },

  table(_state, data, options) {
    const table = tableIn(data);
    const column = table && columnOf(table, options.metric, OTHERS);
    if (!table || !column) return [];
    return [['unit', titleOf(column)], ...table.unitIds.map((unitId, i) => [unitId, column.values[i]!])];
  },

  read(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const bin = scene && binAt(hit, scene);
    if (!scene || bin === undefined) return undefined;
    const { bars, column, table } = scene;
    const step = (bars.range[1] - bars.range[0]) / bars.bins;
    const value = (drawn: number) => valueText(options.log ? 10 ** drawn : drawn, column);
    const from = bars.range[0] + bin * step;
    const selected = state.unitIds.filter((unitId) => bars.binOfUnit[table.unitIds.indexOf(unitId)] === bin);
    const out = bars.all[bin]! - bars.kept[bin]!;
    return [
      `${column.label} ${value(from)} to ${value(from + step)}`,
      `${bars.all[bin]} units${out > 0 ? `, ${out} filtered out` : ''}`,
      ...(selected.length > 0 ? [`selected: ${selected.slice(0, 8).join(', ')}`] : []),
    ].join(' · ');
  },

  echo({ unitId }, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const row = unitId === undefined ? -1 : (scene?.table.unitIds.indexOf(unitId) ?? -1);
    if (!scene || row < 0) return [];
    const { box } = scene.plane;
    const x = pixelX(scene.plane, drawnValue(scene.column.values[row]!, options.log));
    return x >= box.x && x <= box.x + box.width ? [{ kind: 'upright', x, from: box.y, to: box.y + box.height }] : [];
  },

  pick(hit, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    const bin = scene && binAt(hit, scene);
    if (!scene || bin === undefined) return undefined;
    return chosen(scene, state, (row) => scene.bars.binOfUnit[row] === bin, hit.ctrl);
  },

  lasso(line, state, data, options, size) {
    const scene = sceneOf(state, data, options, size);
    if (!scene) return undefined;
    const ends = line.map(({ x }) => valueX(scene.plane, x));
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    const values = drawnValues(scene.column, options.log);
    return chosen(scene, state, (row) => values[row]! >= from && values[row]! <= to, false);
  },

  drag({ dx }, state, options, size, data) {
    const scene = sceneOf(state, data, options, size);
    if (!scene || !options.zoom) return options;
    const [from, , to] = scene.plane.domain;
    const by = (dx / scene.plane.box.width) * (to - from);
    return zoomed(options, scene, [from - by, to - by]);
  },

  wheel(hit, turn, state, options, size, data) {
    if (hit.alt) return { ...options, bins: stepped(BINS, options.bins, -turn) };
    const scene = sceneOf(state, data, options, size);
    if (!scene) return options;
    const { plane } = scene;
    return zoomed(options, scene, zoomRange([plane.domain[0], plane.domain[2]], valueX(plane, hit.x), 0.8 ** turn));
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },
};
