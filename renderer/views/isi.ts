import type { IsiHistograms } from '../../core/shared/api.ts';
import { z } from '../../core/shared/zod.ts';
import type { Size } from '../gl/mark.ts';
import { pixelLines, plain } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { type HistogramRows, rowAt, rowBoxes, rowMarks } from './histogramRows.ts';
import { fade } from './palette.ts';
import { pixelX, valueX } from './plane.ts';
import { moreUnits, short } from './shownUnits.ts';
import { wheeled } from './steps.ts';
import { curationVersion } from './versions.ts';
import { answer, type Data, type Hit, type Query, type View } from './view.ts';

const params = z.object({
  windowMs: z
    .number()
    .min(1)
    .max(10_000)
    .default(50)
    .meta({ unit: 'ms', title: 'Window' })
    .describe('The longest interval that is shown.'),
  binMs: z.number().min(0.05).max(100).default(1).meta({ unit: 'ms', title: 'Bin' }).describe('Width of a bar.'),
  refractoryMs: z
    .number()
    .min(0)
    .max(100)
    .default(2)
    .meta({ unit: 'ms', title: 'Refractory period' })
    .describe('Shorter intervals are counted as violations.'),
  overlapped: z
    .boolean()
    .default(false)
    .meta({ title: 'Over each other' })
    .describe('All units in one plot, in per cent of their intervals; or one plot a unit.'),
});
type IsiOptions = z.output<typeof params>;

const MAX_UNITS = 20;

export const isi: View<IsiOptions> = {
  name: 'isi',
  label: 'ISI',
  help: 'Intervals between successive spikes of each selected unit, of all its spikes. Upright line: the refractory period; a single neuron has hardly any shorter interval. Wheel: longer or shorter window; alt+wheel: bins; double click: back to 50 ms.',
  params,
  bar: ['overlapped'],
  commands: [
    {
      id: 'overlapped',
      label: 'Units over or below each other',
      keys: [],
      run: (o) => ({ ...o, overlapped: !o.overlapped }),
    },
  ],

  query({ session, unitIds }, { windowMs, binMs, refractoryMs }): Query {
    if (!session.curation || unitIds.length === 0) return {};
    const shown = unitIds.slice(0, MAX_UNITS);
    const version = curationVersion(session);
    const counts = { method: 'isi', args: { unitIds: shown, windowMs, binMs }, version } as const;
    if (refractoryMs === 0) return { counts };
    // A bin as long as the refractory period: exact whatever the bins of the picture are. Two, because the last has
    // its upper border too.
    const args = { unitIds: shown, windowMs: 2 * refractoryMs, binMs: refractoryMs };
    return { counts, violations: { method: 'isi', args, version } };
  },

  draw(state, data, options, size) {
    const { palette } = state;
    const background = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: palette.background } as const;
    const found = answer(data, 'counts', 'isi')?.result;
    if (!found) return [background];
    const boxes = boxesIn(found, options, size);
    const x = (ms: number) => pixelX({ box: boxes[0]!, domain: [0, 0, found.bins * found.binMs, 1] }, ms);
    const at = x(options.refractoryMs);
    const lines = (options.overlapped ? boxes.slice(0, 1) : boxes).flatMap(({ y, height }) => [at, y, at, y + height]);
    const inside = options.refractoryMs > 0 && options.refractoryMs < found.windowMs;
    return [
      background,
      ...rowMarks(rowsOf(found, data, options), boxes, state),
      ...(inside ? [pixelLines(lines, fade(palette.text, 0.5))] : []),
    ];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see the intervals between their spikes.' : undefined;
  },

  summary(state, data, { refractoryMs }) {
    const all = violationsOf(data);
    const told = all.map(({ unitId, text }) => (all.length > 1 ? `${unitId}: ${text}` : text));
    const few = told.length > 0 && told.length <= 3 ? ` · below ${plain(refractoryMs)} ms: ${told.join(', ')}` : '';
    return `all spikes${few}${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data, { refractoryMs }) {
    const found = answer(data, 'counts', 'isi')?.result;
    if (!found) return explainSpikes(state);
    const { unitIds, numSpikes, binMs, windowMs } = found;
    const spikes = unitIds.map((unitId, i) => `${unitId}: ${numSpikes[i]!.toLocaleString('en')}`).join(', ');
    return [
      ...explainSpikes(state),
      ['Spikes', `all spikes of the units shown (${spikes})`],
      ['Intervals', `up to ${plain(windowMs)} ms in bins of ${plain(binMs)} ms; none across segments`],
      [
        `Below ${plain(refractoryMs)} ms`,
        violationsOf(data)
          .map(({ unitId, text }) => `${unitId}: ${text}`)
          .join(', ') || 'not counted',
      ],
    ];
  },

  table(_state, data) {
    const found = answer(data, 'counts', 'isi')?.result;
    if (!found) return [];
    const { unitIds, bins, binMs, counts } = found;
    return [
      ['interval from (ms)', ...unitIds.map((unitId) => `${unitId} (intervals)`)],
      ...Array.from({ length: bins }, (_, bin) => [bin * binMs, ...unitIds.map((__, i) => counts[i * bins + bin]!)]),
    ];
  },

  read(hit, _state, data, options, size) {
    const found = answer(data, 'counts', 'isi')?.result;
    const at = found && binAt(hit, found, options, size);
    if (!found || !at) return undefined;
    const from = at.bin * found.binMs;
    const told = (options.overlapped ? found.unitIds : [found.unitIds[at.row]!]).map((unitId) => {
      const count = found.counts[found.unitIds.indexOf(unitId) * found.bins + at.bin]!;
      return `${unitId}: ${count.toLocaleString('en')}`;
    });
    const violations = violationsOf(data).find(({ unitId }) => unitId === found.unitIds[at.row]);
    const below =
      violations && !options.overlapped ? ` · ${violations.text} below ${plain(options.refractoryMs)} ms` : '';
    return `${plain(from)} to ${plain(from + found.binMs)} ms · intervals of unit ${told.join(', ')}${below}`;
  },

  point(hit, _state, data, options, size) {
    const found = answer(data, 'counts', 'isi')?.result;
    const row = found && !options.overlapped ? rowAt(hit, boxesIn(found, options, size)) : undefined;
    const unitId = row === undefined ? undefined : found?.unitIds[row];
    return unitId === undefined ? undefined : { unitId };
  },

  echo({ unitId }, _state, data, options, size) {
    const found = answer(data, 'counts', 'isi')?.result;
    const row = found && unitId !== undefined ? found.unitIds.indexOf(unitId) : -1;
    return found && row >= 0 && !options.overlapped
      ? [{ kind: 'frame', box: boxesIn(found, options, size)[row]! }]
      : [];
  },

  wheel(hit, turn, _state, options) {
    return wheeled(hit, turn, options);
  },

  reset(options) {
    const { windowMs, binMs } = params.parse({});
    return { ...options, windowMs, binMs };
  },
};

function boxesIn({ unitIds }: IsiHistograms, { overlapped }: IsiOptions, size: Size) {
  return rowBoxes(size, unitIds.length, overlapped);
}

function rowsOf(found: IsiHistograms, data: Data, { overlapped, refractoryMs }: IsiOptions): HistogramRows {
  const { unitIds, counts, bins, binMs, numSpikes } = found;
  const span = [0, bins * binMs] as const;
  const violations = violationsOf(data);
  return {
    unitIds,
    counts,
    bins,
    factors: unitIds.map((_, i) => (overlapped ? 100 / Math.max(1, numSpikes[i]! - 1) : 1)),
    span,
    seen: span,
    xUnit: 'ms',
    yUnit: overlapped ? '%' : 'n',
    whole: !overlapped,
    overlapped,
    notes: unitIds.map((unitId) => {
      const text = violations.find((of) => of.unitId === unitId)?.text;
      return text ? `${text} below ${plain(refractoryMs)} ms` : '';
    }),
  };
}

/** Spikes that follow the one before within the refractory period: how many, and how many per cent of all. */
function violationsOf(data: Data) {
  const found = answer(data, 'violations', 'isi')?.result;
  if (!found) return [];
  return found.unitIds.map((unitId, i) => {
    const count = found.counts[i * found.bins]!;
    const percent = (100 * count) / Math.max(1, found.numSpikes[i]!);
    return { unitId, text: `${count.toLocaleString('en')} (${short(percent)} %)` };
  });
}

function binAt(hit: Hit, found: IsiHistograms, options: IsiOptions, size: Size) {
  const boxes = boxesIn(found, options, size);
  const row = rowAt(hit, boxes);
  if (row === undefined) return undefined;
  const ms = valueX({ box: boxes[row]!, domain: [0, 0, found.bins * found.binMs, 1] }, hit.x);
  return { row, bin: Math.min(found.bins - 1, Math.floor(ms / found.binMs)) };
}
