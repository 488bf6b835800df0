import type { Size } from '../gl/mark.ts';
import { plain } from './axis.ts';
import { asTrace, type BeforeAfterOptions, plots, scaleKey, sideAt, sideOf, withTrace } from './beforeAfterSides.ts';
import { looksOf, sessionChannel } from './chainLooks.ts';
import { xOfFrame } from './traceCursor.ts';
import { rowAt, rowOfChannel, yOfRow } from './traceRows.ts';
import { channelsOfRows, valueAt } from './traceTiles.ts';
import { panned, zoomed } from './traceWindow.ts';
import type { Data, Echo, Hit, View, ViewState } from './view.ts';

type Pointer = Required<Pick<View<BeforeAfterOptions>, 'read' | 'point' | 'echo' | 'pick' | 'drag' | 'wheel'>>;

/** What the pointer finds and does. */
export const beforeAfterPointer: Pointer = {
  read(hit, state, data, options, size) {
    const at = under(hit, state, data, options, size);
    if (!at) return undefined;
    const { look, side, row, timeS, channel } = at;
    const frame = Math.round(timeS * look.look.samplingFrequency) - look.look.startFrame;
    const value = valueAt(side.shown.found, row, frame);
    const { shownS, startS } = side.shown.seen;
    const name = String(look.look.channelIds[channel] ?? channel);
    const short = (v: number) => plain(Number(v.toPrecision(3)));
    const told = value
      ? ` · ${value[0] === value[1] ? short(value[0]) : `${short(value[0])} to ${short(value[1])}`} ${look.look.unit}`
      : '';
    return `${look.side.label} · ${(shownS + timeS - startS).toFixed(4)} s · channel ${name}${told}`;
  },

  point(hit, state, data, options, size) {
    const at = under(hit, state, data, options, size);
    if (!at) return undefined;
    const { seen } = at.side.shown;
    const channel = sessionChannel(state, at.look.look, at.channel);
    const time = { segment: seen.segment, frame: Math.round(at.timeS * seen.rate) };
    return { time, ...(channel !== undefined && { channel }) };
  },

  echo({ time, channel }, state, data, options, size) {
    const { before, after } = looksOf(state, data);
    const boxes = plots(size, options);
    const id = channel === undefined ? undefined : state.session.recording?.channelIds[channel];
    return [before, after].flatMap((look): Echo[] => {
      const side = look && sideOf(look, after ?? look, options, state);
      if (!side) return [];
      const box = boxes[look.name];
      const { seen, rows, found } = side.shown;
      const x = time?.segment === seen.segment ? xOfFrame(time.frame, seen, box) : undefined;
      const row = id === undefined ? -1 : rowOfChannel(found.items, look.look.channelIds.indexOf(id));
      const y = row < 0 ? Number.NaN : yOfRow(row, rows, box);
      return [
        ...(x === undefined ? [] : [{ kind: 'upright', x, from: box.y, to: box.y + box.height } as const]),
        ...(y >= box.y && y < box.y + box.height
          ? [{ kind: 'level', y, from: box.x, to: box.x + box.width } as const]
          : []),
      ];
    });
  },

  pick(hit, state, data, options, size) {
    const pointed = beforeAfterPointer.point(hit, state, data, options, size);
    if (!pointed?.time) return undefined;
    const { time, channel } = pointed;
    return { kind: 'focus', focus: { time, ...(channel !== undefined && { channel }) } };
  },

  drag({ dx, dy }, state, options, size, data) {
    const { before: box } = plots(size, options);
    const moved = withTrace(options, panned(state, asTrace(options), -dx / Math.max(1, box.width)));
    if (!options.rows) return moved;
    const all = channelsSeen(state, data);
    const [first, count] = options.rows;
    const start = Math.min(all - count, Math.max(0, first + (dy / Math.max(1, box.height)) * count));
    return { ...moved, rows: [start, count] };
  },

  wheel(hit, turn, state, options, size, data) {
    const factor = 0.8 ** turn;
    if (hit.ctrl) return scaled(state, data, options, factor);
    if (hit.alt) return withTrace(options, panned(state, asTrace(options), -0.1 * turn));
    const box = sideAt(hit.x, hit.y, size, options)?.box ?? plots(size, options).before;
    if (!hit.shift) {
      if (factor > 1 && options.spanS >= 1) return options;
      const at = Math.min(1, Math.max(0, (hit.x - box.x) / Math.max(1, box.width)));
      return withTrace(options, zoomed(state, asTrace(options), Math.min(factor, 1 / options.spanS), at));
    }
    const all = channelsSeen(state, data);
    const [first, count] = options.rows ?? [0, all];
    const next = Math.min(all, Math.max(1, count * factor));
    const up = (box.y + box.height - hit.y) / Math.max(1, box.height);
    const start = Math.min(all - next, Math.max(0, first + up * (count - next)));
    return { ...options, rows: next < all ? [start, next] : undefined };
  },
};

function channelsSeen(state: ViewState, data: Data): number {
  const { before, after } = looksOf(state, data);
  return Math.max(1, before?.look.channelIds.length ?? 0, after?.look.channelIds.length ?? 0);
}

/** Both sides alike. */
function scaled(state: ViewState, data: Data, options: BeforeAfterOptions, factor: number): BeforeAfterOptions {
  const { before, after } = looksOf(state, data);
  const keys = new Set([before, after].flatMap((look) => (look ? [scaleKey(look, after ?? look)] : [])));
  const changed = [...keys].flatMap((key) => {
    const now = options.perRow[key];
    return now === undefined ? [] : [[key, now * factor] as const];
  });
  return { ...options, perRow: { ...options.perRow, ...Object.fromEntries(changed) } };
}

function under({ x, y }: Hit, state: ViewState, data: Data, options: BeforeAfterOptions, size: Size) {
  const at = sideAt(x, y, size, options);
  const looks = looksOf(state, data);
  const look = at && looks[at.name];
  const side = look && sideOf(look, looks.after ?? look, options, state);
  if (!side) return undefined;
  const { seen, rows, found } = side.shown;
  const timeS = seen.startS + ((x - at.box.x) / at.box.width) * seen.spanS;
  const row = rowAt(y, rows, at.box);
  const channel = channelsOfRows(found.items)[row];
  return channel === undefined || timeS < 0 || timeS > seen.segmentS ? undefined : { look, side, row, timeS, channel };
}
