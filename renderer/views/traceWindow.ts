import { z } from '../../core/shared/zod.ts';
import type { TimeWindow, ViewState } from './view.ts';

export const traceParams = z.object({
  node: z
    .number()
    .int()
    .min(-1)
    .default(-1)
    .describe('Which data is seen: the recording as it is, or after a step of the chain. −1: after the last step.')
    .meta({ title: 'Data' }),
  segment: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Which stretch of the recording is seen.')
    .meta({ title: 'Segment', moment: true }),
  startS: z
    .number()
    .default(0)
    .describe('Where the window starts on the time axis. Enter goes there.')
    .meta({ title: 'From', unit: 's', moment: true }),
  spanS: z
    .number()
    .positive()
    .default(0.5)
    .describe('How much time is seen, up to the whole segment.')
    .meta({ title: 'Span', unit: 's' }),
  order: z
    .enum(['depth', 'shank', 'number'])
    .default('depth')
    .describe('How channels follow each other from the bottom: by depth, shank by shank, or as in the file.')
    .meta({ title: 'Order of channels' }),
  image: z
    .enum(['auto', 'lines', 'image'])
    .default('auto')
    .describe('Traces as lines, or values as colours. auto: colours when more than 96 channels are seen.')
    .meta({ title: 'Drawn as' }),
  spikes: z
    .enum(['selected', 'all', 'none'])
    .default('selected')
    .describe('Whose spikes are coloured on the traces, on the channels of their unit.')
    .meta({ title: 'Spikes of' }),
  labels: z.boolean().default(true).describe('Names of the channels at the left.').meta({ title: 'Channel names' }),
  rows: z
    .tuple([z.number(), z.number().positive()])
    .optional()
    .describe('First row and number of rows seen; left out: all.')
    .meta({ title: 'Rows', moment: true }),
  perRow: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe('What one row is high, by the name of the data.')
    .meta({ title: 'Height of a row', moment: true }),
});
export type TraceOptions = z.output<typeof traceParams>;

const MIN_SPAN_S = 0.001;

/** The part of a segment that is seen, in words of that segment. */
export interface Seen {
  readonly segment: number;
  /** From the segment's start; below 0 where the window begins before it. */
  readonly startS: number;
  readonly spanS: number;
  /** The same as `startS` on the time axis. */
  readonly shownS: number;
  readonly rate: number;
  readonly segmentS: number;
  readonly frames: number;
}

/** What the options come to in this recording: a start outside of it is taken to its nearer end. */
export function seenOf({ session: { recording } }: ViewState, options: TraceOptions): Seen | undefined {
  if (!recording || recording.numFrames.length === 0) return undefined;
  const segment = Math.min(options.segment, recording.numFrames.length - 1);
  const frames = recording.numFrames[segment] ?? 0;
  const rate = recording.samplingFrequency;
  const tStart = recording.tStart[segment] ?? 0;
  const segmentS = frames / rate;
  const spanS = Math.min(Math.max(options.spanS, MIN_SPAN_S), segmentS);
  const wanted = options.startS - tStart;
  const past = spanS / 2 + 1e-6;
  const startS = wanted < -past ? 0 : wanted > segmentS - spanS + past ? segmentS - spanS : wanted;
  return { segment, startS, spanS, shownS: startS + tStart, rate, segmentS, frames };
}

/** Options with what `seenOf` makes of them, so that fields show what is seen. */
export function settled(state: ViewState, options: TraceOptions): TraceOptions {
  const seen = seenOf(state, options);
  if (!seen || seen.segmentS === 0) return options;
  const { segment, spanS } = seen;
  const last = state.session.nodes.length - 1;
  const node = options.node >= last ? -1 : options.node;
  const startS = rounded(seen.shownS, spanS);
  const same = segment === options.segment && spanS === options.spanS && node === options.node;
  return same && Math.abs(startS - options.startS) < spanS / 1e4
    ? options
    : { ...options, segment, spanS, startS, node };
}

/** The window begun `startS` after the segment's start: half of it may lie outside, where the border is seen. */
export function startedAt(state: ViewState, options: TraceOptions, startS: number): TraceOptions {
  const seen = seenOf(state, options);
  if (!seen) return options;
  const { segment, spanS, segmentS } = seen;
  const from = Math.min(segmentS - spanS / 2, Math.max(-spanS / 2, startS));
  const tStart = seen.shownS - seen.startS;
  return { ...options, segment, spanS, startS: rounded(from + tStart, spanS) };
}

/** Later by so many windows; negative: earlier. */
export function panned(state: ViewState, options: TraceOptions, windows: number): TraceOptions {
  const seen = seenOf(state, options);
  return seen ? startedAt(state, options, seen.startS + windows * seen.spanS) : options;
}

/** The window made longer or shorter by `factor`, staying where `at` (0: left, 1: right) is. */
export function zoomed(state: ViewState, options: TraceOptions, factor: number, at: number): TraceOptions {
  const seen = seenOf(state, options);
  if (!seen) return options;
  const { segmentS } = seen;
  const spanS = Math.min(segmentS, Math.max(MIN_SPAN_S, seen.spanS * factor));
  const startS = seen.startS + at * (seen.spanS - spanS);
  const inside = Math.min(segmentS - spanS, Math.max(0, startS));
  const wasInside = seen.startS >= 0 && seen.startS <= segmentS - seen.spanS + 1e-6;
  return startedAt(state, { ...options, spanS: significant(spanS) }, wasInside || spanS === segmentS ? inside : startS);
}

/** So that a frame of a segment is in the middle; where the window has it already, it stays. */
export function centred(state: ViewState, options: TraceOptions, segment: number, frame: number): TraceOptions {
  const seen = seenOf(state, options);
  if (!seen) return options;
  const timeS = frame / seen.rate;
  if (segment === seen.segment && timeS >= seen.startS && timeS <= seen.startS + seen.spanS) return options;
  const there = seenOf(state, { ...options, segment });
  if (!there) return options;
  const from = Math.min(there.segmentS - there.spanS, Math.max(0, timeS - there.spanS / 2));
  return startedAt(state, { ...options, segment }, from);
}

/** The window at the start (or the end) of another segment; the same options if there is none. */
export function inSegment(state: ViewState, options: TraceOptions, by: 1 | -1): TraceOptions {
  const seen = seenOf(state, options);
  const segment = (seen?.segment ?? 0) + by;
  if (!seen || segment < 0 || segment >= (state.session.recording?.numFrames.length ?? 0)) return options;
  const there = seenOf(state, { ...options, segment });
  if (!there) return options;
  return startedAt(state, { ...options, segment }, by > 0 ? 0 : there.segmentS - there.spanS);
}

/** `factor` below 1: higher traces. */
export function scaled(state: ViewState, options: TraceOptions, factor: number): TraceOptions {
  const name = nodeName(state, nodeOf(state, options));
  const perRow = options.perRow[name];
  return perRow === undefined ? options : { ...options, perRow: { ...options.perRow, [name]: perRow * factor } };
}

export function nodeOf({ session }: ViewState, { node }: TraceOptions): number {
  const last = Math.max(0, session.nodes.length - 1);
  return node < 0 ? last : Math.min(node, last);
}

export function nodeName({ session }: ViewState, node: number): string {
  return session.nodes[node] ?? '';
}

/** In frames, cut to the segment. */
export function timeWindow({ segment, startS, spanS, rate, frames }: Seen): TimeWindow {
  const cut = (s: number) => Math.min(frames, Math.max(0, Math.round(s * rate)));
  return { segment, startFrame: cut(startS), endFrame: cut(startS + spanS) };
}

/** To a tenth of what a pixel may be: fields stay readable. */
function rounded(s: number, spanS: number): number {
  return Number(s.toFixed(Math.max(0, 4 - Math.floor(Math.log10(spanS)))));
}

function significant(spanS: number): number {
  return Number(spanS.toPrecision(4));
}
