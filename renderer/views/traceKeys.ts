import { showsImage } from './traceRows.ts';
import { inSegment, panned, scaled, seenOf, startedAt, type TraceOptions, zoomed } from './traceWindow.ts';
import type { ViewCommand, ViewState } from './view.ts';

type Change = (options: TraceOptions, state: ViewState) => TraceOptions;

function key(id: string, keys: readonly string[], label: string, run: Change): ViewCommand<TraceOptions> {
  return { id, label, keys, run };
}

/** phy's keys; alt+t, alt+pgup and alt+pgdn ask core and are actions. */
export const traceCommands: readonly ViewCommand<TraceOptions>[] = [
  key('earlier', ['Alt+ArrowLeft'], 'Earlier by a tenth of the window', (o, s) => later(s, o, -0.1)),
  key('later', ['Alt+ArrowRight'], 'Later by a tenth of the window', (o, s) => later(s, o, 0.1)),
  key('jump-earlier', ['Alt+Shift+ArrowLeft'], 'Earlier by a window', (o, s) => later(s, o, -1)),
  key('jump-later', ['Alt+Shift+ArrowRight'], 'Later by a window', (o, s) => later(s, o, 1)),
  key('start', ['Alt+Home'], 'To the start', (o, s) => startedAt(s, o, 0)),
  key('end', ['Alt+End'], 'To the end', (o, s) => {
    const seen = seenOf(s, o);
    return seen ? startedAt(s, o, seen.segmentS - seen.spanS) : o;
  }),
  key('next-segment', ['Alt+Shift+PageDown'], 'Next segment', (o, s) => inSegment(s, o, 1)),
  key('previous-segment', ['Alt+Shift+PageUp'], 'Previous segment', (o, s) => inSegment(s, o, -1)),
  key('narrower', ['Alt+=', 'Alt+Shift++'], 'Less time', (o, s) => zoomed(s, o, 0.7, 0.5)),
  key('wider', ['Alt+-'], 'More time', (o, s) => zoomed(s, o, 1 / 0.7, 0.5)),
  key('whole', ['Alt+w'], 'The whole segment', (o, s) => zoomed(s, o, Number.MAX_SAFE_INTEGER, 0)),
  key('higher', ['Alt+ArrowUp'], 'Higher traces', (o, s) => scaled(s, o, 0.8)),
  key('lower', ['Alt+ArrowDown'], 'Lower traces', (o, s) => scaled(s, o, 1.25)),
  key('image', ['Alt+i'], 'Lines or image', (o, s) => ({
    ...o,
    image: showsImage(o, s.session.recording?.channelIds.length ?? 0) ? 'lines' : 'image',
  })),
  key('spikes', ['Alt+s'], 'Spikes of selected units, of all units, of none', (o) => ({
    ...o,
    spikes: next(['selected', 'all', 'none'], o.spikes),
  })),
  key('labels', ['Alt+l'], 'Channel names on or off', (o) => ({ ...o, labels: !o.labels })),
  key('order', ['Alt+o'], 'Channels by depth, shank or number', (o) => ({
    ...o,
    order: next(['depth', 'shank', 'number'], o.order),
  })),
];

/** Past the end of a segment the next one begins. */
function later(state: ViewState, options: TraceOptions, windows: number): TraceOptions {
  const moved = panned(state, options, windows);
  const by = windows > 0 ? 1 : -1;
  return moved.startS === options.startS ? inSegment(state, options, by) : moved;
}

function next<T>(all: readonly [T, ...T[]], now: T): T {
  return all[(all.indexOf(now) + 1) % all.length] ?? all[0];
}
