import type { Correlograms } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Size } from '../gl/mark.ts';
import { plain } from './axis.ts';
import { cellAt, cellBox, type Matrix, matrixOf, nameAt } from './correlogramCells.ts';
import { barMarks, lagLabels, lineMarks, nameLabels } from './correlogramMarks.ts';
import { scaleFactor, scaleText, tops } from './correlogramScale.ts';
import { explainSpikes } from './explainUnits.ts';
import { pixelRects } from './pixelRects.ts';
import { moreUnits } from './shownUnits.ts';
import { wheeled } from './steps.ts';
import { curationVersion } from './versions.ts';
import { answer, type Data, type Hit, type Query, type View } from './view.ts';

const params = z.object({
  windowMs: z.number().min(2).max(2000).default(50).meta({ unit: 'ms', title: 'Window' }).describe('The whole width.'),
  binMs: z.number().min(0.05).max(100).default(1).meta({ unit: 'ms', title: 'Bin' }).describe('Width of a bar.'),
  refractoryMs: z
    .number()
    .min(0)
    .max(100)
    .default(2)
    .meta({ unit: 'ms', title: 'Refractory period' })
    .describe('Where the upright lines are.'),
  scale: z
    .enum(['rate', 'counts', 'ratio'])
    .default('rate')
    .meta({ title: 'Heights' })
    .describe('Firing rate (spikes/s around a spike), counts of pairs, or ratio to the rate of independent units.'),
  shared: z.boolean().default(false).meta({ title: 'Same scale in all cells' }).describe('Or each cell has its own.'),
  labels: z.boolean().default(true).meta({ title: 'Labels' }).describe('Names of units, and how high the cells are.'),
});
type CorrelogramOptions = z.output<typeof params>;

const MAX_UNITS = 20;

export const correlogram: View<CorrelogramOptions> = {
  name: 'correlogram',
  label: 'Correlograms',
  help: 'How often the unit of the row fires before (left) and after (right) spikes of the unit of the column; on the diagonal, a unit with itself. Dashed across: what is expected of independent units. Upright lines: the refractory period, within which a good unit fires hardly ever. Wheel: longer or shorter window; alt+wheel: bins. Click the name of a unit to select it alone, ctrl+click to take it out, ctrl+click a cell to select its pair.',
  params,
  bar: ['scale'],
  commands: [
    {
      id: 'scale',
      label: 'Heights as rate, counts or ratio',
      keys: [],
      run: (o) => ({ ...o, scale: o.scale === 'rate' ? 'counts' : o.scale === 'counts' ? 'ratio' : 'rate' }),
    },
    { id: 'shared', label: 'Same scale in all cells, or own', keys: [], run: (o) => ({ ...o, shared: !o.shared }) },
    { id: 'labels', label: 'Labels on or off', keys: [], run: (o) => ({ ...o, labels: !o.labels }) },
  ],

  choices() {
    return {
      scale: [
        { value: 'rate', label: 'spikes/s' },
        { value: 'counts', label: 'counts' },
        { value: 'ratio', label: '× expected' },
      ],
    };
  },

  query({ session, unitIds }, { windowMs, binMs }): Query {
    if (!session.curation || unitIds.length === 0) return {};
    const args = { unitIds: unitIds.slice(0, MAX_UNITS), windowMs, binMs };
    return { counts: { method: 'correlograms', args, version: curationVersion(session) } };
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const background = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background } as const;
    const found = foundIn(data);
    if (!found) return [background];
    const matrix = matrixIn(size, found, options);
    const { scale, shared } = options;
    const picture = { found, matrix, scale, tops: tops(found, scale, shared), state };
    const cells = Array.from({ length: matrix.n ** 2 }, (_, i) =>
      cellBox(matrix, Math.floor(i / matrix.n), i % matrix.n),
    );
    const corner = cellBox(matrix, matrix.n - 1, 0);
    return [
      background,
      pixelRects(cells, palette.faint),
      ...barMarks(picture),
      ...lineMarks(picture, options.refractoryMs),
      ...(options.labels ? nameLabels(picture, shared) : []),
      ...lagLabels(corner, corner.y + corner.height + 11, found.windowMs / 2),
    ];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see how they fire together.' : undefined;
  },

  summary(state, _data, { windowMs, binMs }) {
    return `all spikes · ${plain(windowMs)} ms in bins of ${plain(binMs)} ms${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data, { scale }) {
    const found = foundIn(data);
    if (!found) return explainSpikes(state);
    const { unitIds, numSpikes, windowMs, binMs, bins, seconds } = found;
    const spikes = unitIds.map((unitId, i) => `${unitId}: ${numSpikes[i]!.toLocaleString('en')}`).join(', ');
    return [
      ...explainSpikes(state),
      ['Spikes', `all spikes of the units shown (${spikes})`],
      ['Counts', `pairs of spikes at each lag, ${bins} bins of ${plain(binMs)} ms, ${plain(windowMs)} ms in all`],
      ['Lag', 'time of the row’s spike less time of the column’s spike'],
      ['Heights', HEIGHTS[scale]],
      ['Dashed', `expected of independent units: product of their spikes × bin / ${plain(seconds)} s of recording`],
    ];
  },

  table(_state, data, { scale }) {
    const found = foundIn(data);
    if (!found) return [];
    const { unitIds, bins, binMs, windowMs, counts } = found;
    const n = unitIds.length;
    const pairs = Array.from({ length: n * n }, (_, i) => [Math.floor(i / n), i % n] as const);
    const unit = { counts: 'pairs', rate: 'Hz', ratio: '× expected' }[scale];
    return [
      ['lag from (ms)', ...pairs.map(([row, column]) => `${unitIds[row]} around ${unitIds[column]} (${unit})`)],
      ...Array.from({ length: bins }, (_, bin) => [
        bin * binMs - windowMs / 2,
        ...pairs.map(
          ([row, column]) => counts[(row * n + column) * bins + bin]! * scaleFactor(found, row, column, scale),
        ),
      ]),
    ];
  },

  read(hit, _state, data, options, size) {
    const found = foundIn(data);
    const at = found && cellAt(hit, matrixIn(size, found, options));
    if (!found || !at) return undefined;
    const { unitIds, bins, binMs, windowMs, counts } = found;
    const bin = Math.min(bins - 1, Math.floor(at.x * bins));
    const lag = bin * binMs - windowMs / 2;
    const count = counts[(at.row * unitIds.length + at.column) * bins + bin]!;
    const told = (scale: 'rate' | 'ratio') => scaleText(count * scaleFactor(found, at.row, at.column, scale), scale);
    const [row, column] = [unitIds[at.row], unitIds[at.column]];
    const pair = at.row === at.column ? `unit ${row}` : `unit ${row} around ${column}`;
    return `${pair} · ${plain(lag)} to ${plain(lag + binMs)} ms · ${count.toLocaleString('en')} pairs · ${told('rate')} · ${told('ratio')} expected`;
  },

  point(hit, _state, data, options, size) {
    const found = foundIn(data);
    const matrix = found && matrixIn(size, found, options);
    const at = matrix && (cellAt(hit, matrix)?.row ?? nameAt(hit, matrix));
    const unitId = at === undefined ? undefined : found?.unitIds[at];
    return unitId === undefined ? undefined : { unitId };
  },

  echo({ unitId }, _state, data, options, size) {
    const found = foundIn(data);
    const at = found && unitId !== undefined ? found.unitIds.indexOf(unitId) : -1;
    return found && at >= 0 ? [{ kind: 'frame', box: cellBox(matrixIn(size, found, options), at, at) }] : [];
  },

  pick(hit, _state, data, options, size) {
    const found = foundIn(data);
    if (!found) return undefined;
    const matrix = matrixIn(size, found, options);
    const name = nameAt(hit, matrix);
    if (name !== undefined) return { kind: 'select', unitId: found.unitIds[name]!, add: hit.ctrl };
    const cell = hit.ctrl ? cellAt(hit, matrix) : undefined;
    if (!cell) return undefined;
    const pair = [...new Set([cell.row, cell.column])].map((i) => found.unitIds[i]!);
    return { kind: 'units', unitIds: pair, add: false };
  },

  wheel(hit: Hit, turn, _state, options) {
    return wheeled(hit, turn, options);
  },

  reset(options) {
    const { windowMs, binMs } = params.parse({});
    return { ...options, windowMs, binMs };
  },
};

const HEIGHTS = {
  rate: 'rate of the row’s unit around a spike of the column’s unit (pairs / spikes of the column / bin)',
  counts: 'pairs of spikes',
  ratio: 'pairs of spikes / pairs expected of independent units',
} as const;

function foundIn(data: Data): Correlograms | undefined {
  return answer(data, 'counts', 'correlograms')?.result;
}

function matrixIn(size: Size, { unitIds }: Correlograms, { labels }: CorrelogramOptions): Matrix {
  const longest = Math.max(...unitIds.map((unitId) => String(unitId).length));
  const names = unitIds.length > 1 ? Math.min(12 + 7 * longest, 60, size.width / 6) : 8;
  return matrixOf(size, unitIds.length, labels ? names : 0);
}
