import { plain } from './axis.ts';
import { xOfFrame } from './traceCursor.ts';
import { rowOfChannel, yOfRow } from './traceRows.ts';
import { placeOf, plot, shownOf } from './traceShown.ts';
import { valueAt } from './traceTiles.ts';
import { panned, scaled, type TraceOptions, zoomed } from './traceWindow.ts';
import type { View, ViewState } from './view.ts';

type Pointer = Required<Pick<View<TraceOptions>, 'read' | 'point' | 'echo' | 'pick' | 'drag' | 'wheel'>>;

/** What the pointer finds and does. */
export const tracePointer: Pointer = {
  read(hit, state, data, options, size) {
    const at = placeOf(hit, state, data, options, size);
    if (!at) return undefined;
    const { shown, frame, row, channel } = at;
    const value = valueAt(shown.found, row, frame);
    const time = `${(shown.seen.shownS + frame / shown.seen.rate - shown.seen.startS).toFixed(4)} s`;
    const unit = shown.found.items[0]?.unit ?? '';
    const unitId = at.unitId === undefined ? '' : ` · spike of unit ${at.unitId}`;
    const name = channelName(state, channel);
    return `${time} · channel ${name}${value ? ` · ${valueText(value)} ${unit}` : ''}${unitId}`;
  },

  point(hit, state, data, options, size) {
    const at = placeOf(hit, state, data, options, size);
    if (!at) return undefined;
    const time = { segment: at.shown.seen.segment, frame: at.frame };
    return { time, channel: at.channel, ...(at.unitId !== undefined && { unitId: at.unitId }) };
  },

  echo({ time, channel }, state, data, options, size) {
    const shown = shownOf(state, data, options);
    const box = plot(size, options);
    if (!shown || box.width < 8) return [];
    const { seen, rows, found } = shown;
    const x = time?.segment === seen.segment ? xOfFrame(time.frame, seen, box) : undefined;
    const row = channel === undefined ? -1 : rowOfChannel(found.items, channel);
    const y = row < 0 ? Number.NaN : yOfRow(row, rows, box);
    return [
      ...(x === undefined ? [] : [{ kind: 'upright', x, from: box.y, to: box.y + box.height } as const]),
      ...(y >= box.y && y < box.y + box.height
        ? [{ kind: 'level', y, from: box.x, to: box.x + box.width } as const]
        : []),
    ];
  },

  pick(hit, state, data, options, size) {
    const at = placeOf(hit, state, data, options, size);
    if (!at) return undefined;
    if (hit.ctrl) return at.unitId === undefined ? undefined : { kind: 'select', unitId: at.unitId, add: hit.shift };
    const time = { segment: at.shown.seen.segment, frame: at.frame };
    return { kind: 'focus', focus: { time, channel: at.channel } };
  },

  drag({ dx, dy }, state, options, size) {
    const box = plot(size, options);
    const moved = panned(state, options, -dx / Math.max(1, box.width));
    if (!options.rows) return moved;
    const all = state.session.recording?.channelIds.length ?? 1;
    const [first, count] = options.rows;
    const start = Math.min(all - count, Math.max(0, first + (dy / Math.max(1, box.height)) * count));
    return { ...moved, rows: [start, count] };
  },

  wheel(hit, turn, state, options, size) {
    const factor = 0.8 ** turn;
    if (hit.ctrl) return scaled(state, options, factor);
    if (hit.alt) return panned(state, options, -0.1 * turn);
    const box = plot(size, options);
    if (!hit.shift) return zoomed(state, options, factor, Math.min(1, Math.max(0, (hit.x - box.x) / box.width)));
    const all = state.session.recording?.channelIds.length ?? 1;
    const [first, count] = options.rows ?? [0, all];
    const next = Math.min(all, Math.max(1, count * factor));
    const up = (box.y + box.height - hit.y) / box.height;
    const start = Math.min(all - next, Math.max(0, first + up * (count - next)));
    return { ...options, rows: next < all ? [start, next] : undefined };
  },
};

function channelName({ session }: ViewState, channel: number): string {
  return String(session.recording?.channelIds[channel] ?? channel);
}

function valueText([low, high]: readonly [number, number]): string {
  const short = (v: number) => plain(Number(v.toPrecision(3)));
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
}
