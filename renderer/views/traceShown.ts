import type { Box, Size } from '../gl/mark.ts';
import { fittingHeight } from './traceHeights.ts';
import { type Rows, rowAt, rowsOf, showsImage } from './traceRows.ts';
import { shownSpikes, unitNear } from './traceSpikes.ts';
import { channelsOfRows } from './traceTiles.ts';
import { nodeName, type Seen, seenOf, type TraceOptions } from './traceWindow.ts';
import { type AnswerOf, answer, type Data, type Hit, type ViewState } from './view.ts';

const GUTTER = 52;
/** Without channel names. */
const NARROW_GUTTER = 12;
const AXIS = 22;

/** Where the traces are drawn. */
export function plot({ width, height }: Size, { labels }: TraceOptions): Box {
  const x = labels ? GUTTER : NARROW_GUTTER;
  return { x, y: 0, width: Math.max(0, width - x), height: Math.max(0, height - AXIS) };
}

/** What is there to be drawn. */
export interface Shown {
  readonly found: AnswerOf<'traces'>;
  readonly seen: Seen;
  readonly rows: Rows;
  readonly perRow: number;
  readonly image: boolean;
}

export function shownOf(state: ViewState, data: Data, options: TraceOptions): Shown | undefined {
  const found = answer(data, 'traces', 'traces');
  const seen = seenOf(state, options);
  if (!found || found.items.length === 0 || !seen) return undefined;
  const rows = rowsOf(found.items, options);
  const perRow = options.perRow[nodeName(state, found.args.node)] ?? fittingHeight(found.items) ?? 1;
  return { found, seen, rows, perRow, image: showsImage(options, rows.all) };
}

/** What of the traces lies under the pointer. */
export function placeOf(hit: Hit, state: ViewState, data: Data, options: TraceOptions, size: Size) {
  const shown = shownOf(state, data, options);
  const box = plot(size, options);
  if (!shown || !inside(hit, box)) return undefined;
  const { seen, rows, found } = shown;
  const frame = Math.round((seen.startS + ((hit.x - box.x) / box.width) * seen.spanS) * seen.rate);
  const row = rowAt(hit.y, rows, box);
  const channel = channelsOfRows(found.items)[row];
  if (channel === undefined || frame < 0 || frame >= seen.frames) return undefined;
  const spikes = shownSpikes(state, data, options, seen, box.width);
  const reach = (6 / box.width) * seen.spanS * seen.rate;
  const near = spikes && unitNear(spikes, { frame, channel, reach });
  const unitId = near && (near.onChannel || hit.ctrl) ? near.unitId : undefined;
  return { shown, frame, row, channel, unitId };
}

function inside({ x, y }: Hit, box: Box): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
