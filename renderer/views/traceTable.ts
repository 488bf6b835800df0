import { TILE_COLUMNS } from '../../core/shared/tileGrid.ts';
import type { Rows } from './traceRows.ts';
import { channelsOfRows, valueAt } from './traceTiles.ts';
import { type Seen, timeWindow } from './traceWindow.ts';
import type { AnswerOf, ViewState } from './view.ts';

/** A row a column of the picture: time, then of each channel seen its value, or least and greatest where columns are longer. */
export function traceTable(
  found: AnswerOf<'traces'>,
  seen: Seen,
  { first, count }: Rows,
  { session }: ViewState,
): (readonly (string | number)[])[] {
  const { args, items } = found;
  const unit = items[0]?.unit ?? '';
  const { startFrame, endFrame } = timeWindow(seen);
  const rows = [...channelsOfRows(items).entries()].slice(Math.floor(first), Math.ceil(first + count));
  const single = args.framesAColumn === 1;
  const names = rows.flatMap(([, channel]) => {
    const name = `channel ${session.recording?.channelIds[channel] ?? channel}`;
    return single ? [`${name} (${unit})`] : [`${name} least (${unit})`, `${name} greatest (${unit})`];
  });
  const table: (readonly (string | number)[])[] = [['time (s)', ...names]];
  const from = Math.max(startFrame, args.firstTile * TILE_COLUMNS * args.framesAColumn);
  const start = from - (from % args.framesAColumn);
  for (let frame = start; frame < endFrame; frame += args.framesAColumn) {
    const values = rows.flatMap(([row]) => {
      const [low, high] = valueAt(found, row, frame) ?? [Number.NaN, Number.NaN];
      return single ? [low] : [low, high];
    });
    table.push([seen.shownS - seen.startS + frame / seen.rate, ...values]);
  }
  return table;
}
