import type { FiringRates } from '../../core/shared/api.ts';
import { totalSeconds } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import type { Box, Size } from '../gl/mark.ts';
import { plain } from './axis.ts';
import { explainSpikes } from './explainUnits.ts';
import { type HistogramRows, rowAt, rowBoxes, rowMarks } from './histogramRows.ts';
import { inBox, keepRange, type Plane, pixelX, valueX, zoomRange } from './plane.ts';
import {
  axisTime,
  followed,
  momentAt,
  type RecordingTime,
  recordingTime,
  timeMarks,
  timeText,
  wholeTime,
} from './recordingTime.ts';
import { moreUnits, short } from './shownUnits.ts';
import { stepped } from './steps.ts';
import { curationVersion } from './versions.ts';
import { answer, type Data, type Hit, type Query, type View, type ViewState } from './view.ts';

const params = z.object({
  bins: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .default(200)
    .describe('Into how many equal parts the recording is cut, unless their length is given.'),
  binBy: z
    .enum(['number', 'length'])
    .default('number')
    .meta({ title: 'Bins by' })
    .describe('The number of bins, or the length of a bin.'),
  binS: z
    .number()
    .min(0.01)
    .max(86_400)
    .default(10)
    .meta({ unit: 's', title: 'Bin length' })
    .describe('Of one bin, if bins are by length; made a little shorter, so that they fit the recording.'),
  overlapped: z
    .boolean()
    .default(false)
    .meta({ title: 'Over each other' })
    .describe('All units in one plot; or one plot a unit.'),
  /** Times of the axis that are seen; left out: all. */
  zoom: z.tuple([z.number(), z.number()]).optional().meta({ moment: true }),
});
type RateOptions = z.output<typeof params>;

const MAX_UNITS = 20;
const MOST_BINS = 20_000;
const BINS = [20, 50, 100, 200, 500, 1000, 2000, 5000];

export const rate: View<RateOptions> = {
  name: 'rate',
  label: 'Firing rate',
  help: 'Spikes a second of each selected unit over the whole recording, from all its spikes; segments follow each other. The band is what the traces show. Click to go there; wheel and drag zoom and move in time, alt+wheel changes the bins, double click shows all.',
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

  query(state, options): Query {
    const { session } = state;
    if (!session.curation || state.unitIds.length === 0) return {};
    const args = { unitIds: state.unitIds.slice(0, MAX_UNITS), bins: binsOf(state, options) };
    return { rates: { method: 'rates', args, version: curationVersion(session) } };
  },

  draw(state, data, options, size) {
    const background = { kind: 'fill', box: { x: 0, y: 0, ...size }, color: state.palette.background } as const;
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found) return [background];
    const time = recordingTime(state, found.seconds);
    const boxes = rowBoxes(size, found.unitIds.length, options.overlapped);
    return [
      background,
      ...rowMarks(rowsOf(found, time, options), boxes, state),
      ...timeMarks(time, planeOf(time, around(boxes), options), state),
    ];
  },

  empty({ session, unitIds }) {
    if (!session.curation) return 'No units yet: run Sort and Analyze.';
    return unitIds.length === 0 ? 'Select units in the table to see how often they fire over time.' : undefined;
  },

  summary(state, data) {
    const found = answer(data, 'rates', 'rates')?.result;
    const bins = found ? ` · ${found.bins.toLocaleString('en')} bins of ${short(found.binS)} s` : '';
    return `all spikes${bins}${moreUnits(state, MAX_UNITS)}`;
  },

  explain(state, data) {
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found) return explainSpikes(state);
    const { unitIds, numSpikes, bins, binS, seconds } = found;
    const told = unitIds.map(
      (unitId, i) => `${unitId}: ${numSpikes[i]!.toLocaleString('en')} (${short(numSpikes[i]! / seconds)} Hz)`,
    );
    const segments = state.session.recording?.numFrames.length ?? 1;
    return [
      ...explainSpikes(state),
      ['Spikes', `all spikes of the units shown, with their mean rate (${told.join(', ')})`],
      ['Rate', `spikes in each of ${bins} bins / ${plain(binS)} s`],
      ['Time', `${plain(seconds)} s${segments > 1 ? `, ${segments} segments one after the other, gaps left out` : ''}`],
    ];
  },

  table(state, data) {
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found) return [];
    const { unitIds, bins, binS, counts } = found;
    const { offsetS } = recordingTime(state, found.seconds);
    return [
      ['time from (s)', ...unitIds.map((unitId) => `${unitId} (Hz)`)],
      ...Array.from({ length: bins }, (_, bin) => [
        offsetS + bin * binS,
        ...unitIds.map((__, i) => counts[i * bins + bin]! / binS),
      ]),
    ];
  },

  read(hit, state, data, options, size) {
    const at = placeAt(hit, state, data, options, size);
    if (!at) return undefined;
    const { found, row, time, seconds } = at;
    const bin = Math.min(found.bins - 1, Math.max(0, Math.floor((seconds - time.offsetS) / found.binS)));
    const units = options.overlapped ? [...found.unitIds.keys()] : row < 0 ? [] : [row];
    const rates = units.map(
      (i) => `${found.unitIds[i]}: ${short(found.counts[i * found.bins + bin]! / found.binS)} Hz`,
    );
    return [timeText(time, seconds, 1), ...rates].join(' · ');
  },

  point(hit, state, data, options, size) {
    const at = placeAt(hit, state, data, options, size);
    const moment = at && momentAt(at.time, at.seconds);
    if (!at) return undefined;
    const unitId = at.found.unitIds[at.row];
    return { ...(moment && { time: moment }), ...(unitId !== undefined && !options.overlapped && { unitId }) };
  },

  echo({ unitId, time: moment }, state, data, options, size) {
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found) return [];
    const time = recordingTime(state, found.seconds);
    const boxes = rowBoxes(size, found.unitIds.length, options.overlapped);
    const all = around(boxes);
    const plane = planeOf(time, all, options);
    const seconds = moment && axisTime(time, moment);
    const x = seconds === undefined ? -1 : pixelX(plane, seconds);
    const row = unitId === undefined || options.overlapped ? -1 : found.unitIds.indexOf(unitId);
    return [
      ...(x >= all.x && x <= all.x + all.width
        ? [{ kind: 'upright', x, from: all.y, to: all.y + all.height } as const]
        : []),
      ...(row >= 0 ? [{ kind: 'frame', box: boxes[row]! } as const] : []),
    ];
  },

  pick(hit, state, data, options, size) {
    const at = placeAt(hit, state, data, options, size);
    const time = at && momentAt(at.time, at.seconds);
    return time && { kind: 'focus', focus: { time } };
  },

  drag({ dx }, state, options, size, data) {
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found || !options.zoom) return options;
    const time = recordingTime(state, found.seconds);
    const [from, to] = options.zoom;
    const by = (dx / around(rowBoxes(size, 1, true)).width) * (to - from);
    return zoomedTo(options, time, [from - by, to - by]);
  },

  wheel(hit, turn, state, options, size, data) {
    if (hit.alt) return { ...options, ...stepBins(options, turn) };
    const found = answer(data, 'rates', 'rates')?.result;
    if (!found) return options;
    const time = recordingTime(state, found.seconds);
    const plane = planeOf(time, around(rowBoxes(size, 1, true)), options);
    return zoomedTo(options, time, zoomRange([plane.domain[0], plane.domain[2]], valueX(plane, hit.x), 0.8 ** turn));
  },

  reset({ zoom: _zoom, ...options }) {
    return options;
  },

  follow({ time }, state, options) {
    const zoom = options.zoom && followed(options.zoom, time, state);
    return zoom && zoom !== options.zoom ? { ...options, zoom } : options;
  },
};

/** As many as were asked for, or as fit the length asked for. */
function binsOf({ session: { recording } }: ViewState, { bins, binBy, binS }: RateOptions): number {
  if (binBy === 'number' || !recording) return bins;
  return Math.min(MOST_BINS, Math.max(1, Math.ceil(totalSeconds(recording) / binS)));
}

/** More and shorter bins when the wheel is turned away. */
function stepBins({ bins, binBy, binS }: RateOptions, turn: number): Partial<RateOptions> {
  if (binBy === 'number') return { bins: stepped(BINS, bins, -turn) };
  return { binS: stepped([0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600], binS, turn) };
}

function rowsOf(found: FiringRates, time: RecordingTime, { overlapped, zoom }: RateOptions): HistogramRows {
  const { unitIds, counts, bins, binS, seconds, numSpikes } = found;
  const span = [time.offsetS, time.offsetS + bins * binS] as const;
  return {
    unitIds,
    counts,
    bins,
    factors: unitIds.map(() => 1 / binS),
    span,
    seen: zoom ?? wholeTime(time),
    xUnit: 's',
    yUnit: 'Hz',
    overlapped,
    notes: unitIds.map((_, i) => `${short(numSpikes[i]! / seconds)} Hz`),
  };
}

function around(boxes: readonly Box[]): Box {
  const [first, last] = [boxes[0]!, boxes.at(-1)!];
  return { ...first, height: last.y + last.height - first.y };
}

function planeOf(time: RecordingTime, box: Box, { zoom }: RateOptions): Plane {
  const [from, to] = zoom ?? wholeTime(time);
  return { box, domain: [from, 0, to, 1] };
}

function zoomedTo({ zoom: _zoom, ...options }: RateOptions, time: RecordingTime, range: [number, number]): RateOptions {
  const zoom = keepRange(range, wholeTime(time), 0.1);
  return zoom ? { ...options, zoom } : options;
}

function placeAt(hit: Hit, state: ViewState, data: Data, options: RateOptions, size: Size) {
  const found = answer(data, 'rates', 'rates')?.result;
  if (!found) return undefined;
  const boxes = rowBoxes(size, found.unitIds.length, options.overlapped);
  const all = around(boxes);
  if (!inBox(hit, all)) return undefined;
  const time = recordingTime(state, found.seconds);
  const row = rowAt(hit, boxes) ?? -1;
  return { found, time, row, seconds: valueX(planeOf(time, all, options), hit.x) };
}
