import type { ViewState } from './view.ts';

export interface TraceOptions {
  /** Node of the chain; left out: the last. */
  readonly node?: number;
  readonly segment: number;
  /** Start of the window in the segment, s */
  readonly startS: number;
  readonly spanS: number;
  /** First row and number of rows seen; left out: all. */
  readonly rows?: readonly [number, number];
  /** What one row is high, in the tiles' unit, by the name of the node. */
  readonly perRow: Readonly<Record<string, number>>;
  readonly spikes: boolean;
  /** All channels as an image; left out: when there are too many for lines. */
  readonly image?: boolean;
}

const MIN_SPAN_S = 0.001;
const MAX_SPAN_S = 20;

/** The window made longer or shorter by `factor`, staying where `at` (0: left, 1: right) is. */
export function zoomed(state: ViewState, options: TraceOptions, factor: number, at: number): TraceOptions {
  const spanS = Math.min(segmentS(state, options), MAX_SPAN_S, Math.max(MIN_SPAN_S, options.spanS * factor));
  return within(state, { ...options, spanS, startS: options.startS + at * (options.spanS - spanS) });
}

/** `factor` below 1: higher traces. */
export function scaled(state: ViewState, options: TraceOptions, factor: number): TraceOptions {
  const name = nodeName(state, nodeOf(state, options));
  const perRow = options.perRow[name];
  return perRow === undefined ? options : { ...options, perRow: { ...options.perRow, [name]: perRow * factor } };
}

/** The window kept inside its segment. */
export function within(state: ViewState, options: TraceOptions): TraceOptions {
  const spanS = Math.min(options.spanS, segmentS(state, options));
  const startS = Math.min(segmentS(state, options) - spanS, Math.max(0, options.startS));
  return startS === options.startS && spanS === options.spanS ? options : { ...options, startS, spanS };
}

function segmentS({ session: { recording } }: ViewState, { segment }: TraceOptions): number {
  return recording ? (recording.numFrames[segment] ?? 0) / recording.samplingFrequency : 0;
}

export function nodeOf({ session }: ViewState, { node }: TraceOptions): number {
  const last = Math.max(0, session.nodes.length - 1);
  return node === undefined ? last : Math.min(node, last);
}

export function nodeName({ session }: ViewState, node: number): string {
  return session.nodes[node] ?? '';
}

export function windowOf(state: ViewState, options: TraceOptions) {
  const { recording } = state.session;
  if (!recording) return undefined;
  const { startS, spanS } = within(state, options);
  return {
    startS,
    spanS,
    shownS: startS + (recording.tStart[options.segment] ?? 0),
    rate: recording.samplingFrequency,
  };
}

/** More than is seen, in steps of a quarter of the window, so that panning rarely asks anew. */
export function asked(state: ViewState, options: TraceOptions) {
  const view = windowOf(state, options);
  const frames = state.session.recording?.numFrames[options.segment] ?? 0;
  if (!view) return { segment: options.segment, startFrame: 0, endFrame: frames };
  const step = Math.max(1, Math.round((view.spanS * view.rate) / 4));
  const from = Math.floor((view.startS * view.rate) / step) - 1;
  const to = Math.ceil(((view.startS + view.spanS) * view.rate) / step) + 1;
  return { segment: options.segment, startFrame: Math.max(0, from * step), endFrame: Math.min(frames, to * step) };
}
