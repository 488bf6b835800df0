import type { TracesArgs, TraceTile } from '../../core/shared/api.ts';
import { columnFrames, framesOfTile, TILE_COLUMNS, tilesOfFrames } from '../../core/shared/tileGrid.ts';
import { memo } from './memo.ts';
import { nodeOf, type Seen, type TraceOptions } from './traceWindow.ts';
import type { ViewState } from './view.ts';

/** The tiles that `seen` needs on `pixels` device pixels; none where it lies wholly outside of its segment. */
export function tilesFor(state: ViewState, options: TraceOptions, seen: Seen, pixels: number): TracesArgs {
  const { segment, startS, spanS, rate, frames } = seen;
  const framesAColumn = columnFrames((spanS * rate) / pixels);
  // A frame more at both sides: lines reach the edges.
  const window = {
    startFrame: Math.max(0, Math.floor(startS * rate) - 1),
    endFrame: Math.min(frames, Math.ceil((startS + spanS) * rate) + 2),
  };
  const { firstTile, endTile } = tilesOfFrames(window, framesAColumn);
  return { node: nodeOf(state, options), segment, order: options.order, framesAColumn, firstTile, endTile };
}

/** The frames that tiles reach over, cut to the segment. */
export function framesOfTiles({ firstTile, endTile, framesAColumn }: TracesArgs, frames: number) {
  return {
    startFrame: framesOfTile(firstTile, framesAColumn).startFrame,
    endFrame: Math.min(frames, framesOfTile(endTile, framesAColumn).startFrame),
  };
}

/** Which part of the window those tiles show: 0 to 1. */
export function covered(args: TracesArgs, { startS, spanS, rate, frames }: Seen): number {
  const { startFrame, endFrame } = framesOfTiles(args, frames);
  const from = Math.max(0, startS * rate);
  const to = Math.min(frames, (startS + spanS) * rate);
  return to <= from ? 1 : Math.max(0, Math.min(to, endFrame) - Math.max(from, startFrame)) / (to - from);
}

/** The tiles before and after each, of the same rows. */
export function neighbours(items: readonly TraceTile[]): readonly Neighbours[] {
  return memo(items, 'neighbours', () => {
    const name = (tile: number, firstRow: number) => `${tile} ${firstRow}`;
    const known = new Map(items.map((item) => [name(item.tile, item.firstRow), item]));
    return items.map((item) => {
      const before = known.get(name(item.tile - 1, item.firstRow));
      const after = known.get(name(item.tile + 1, item.firstRow));
      return { tile: item, ...(before && { before }), ...(after && { after }) };
    });
  });
}

export interface Neighbours {
  readonly tile: TraceTile;
  readonly before?: TraceTile;
  readonly after?: TraceTile;
}

const besides = new WeakMap<Int16Array, { readonly of: Neighbours; readonly beside: Float32Array }>();

/**
 * The last column before a tile and the first after it, in the tile's own numbers; NaN where there is none.
 * [rows][min, max before, min, max after]
 */
export function besideOf(of: Neighbours): Float32Array {
  const { tile, before, after } = of;
  const known = besides.get(tile.minMax);
  if (known && same(known.of.before, before) && same(known.of.after, after)) return known.beside;
  const beside = new Float32Array(4 * tile.channels.length).fill(Number.NaN);
  const copy = (from: TraceTile | undefined, column: number, at: number) => {
    if (!from) return;
    const times = from.scale / tile.scale;
    for (let row = 0; row < tile.channels.length; row++) {
      const i = 2 * (row * from.columns + column);
      beside[4 * row + at] = from.minMax[i]! * times;
      beside[4 * row + at + 1] = from.minMax[i + 1]! * times;
    }
  };
  copy(before, (before?.columns ?? 0) - 1, 0);
  copy(after, 0, 2);
  besides.set(tile.minMax, { of, beside });
  return beside;
}

function same(a: TraceTile | undefined, b: TraceTile | undefined): boolean {
  return a?.minMax === b?.minMax;
}

/** How much of the tiles is exact, and the seconds until all is. */
export interface Exactness {
  /** Least part of the frames that was looked at. */
  readonly sampled: number;
  readonly secondsLeft: number | undefined;
}

export function exactness(items: readonly TraceTile[]): Exactness {
  return memo(items, 'exactness', () => {
    const left = items.flatMap(({ secondsLeft }) => (secondsLeft === undefined ? [] : [secondsLeft]));
    return {
      sampled: items.reduce((least, { sampled }) => Math.min(least, sampled), 1),
      secondsLeft: left.length > 0 ? Math.min(...left) : undefined,
    };
  });
}

/** Channel index of each row, from the bottom. */
export function channelsOfRows(items: readonly TraceTile[]): Int32Array {
  return memo(items, 'channels', () => {
    const first = items[0]?.tile;
    const groups = items.filter(({ tile }) => tile === first);
    const rows = groups.reduce((n, { firstRow, channels }) => Math.max(n, firstRow + channels.length), 0);
    const out = new Int32Array(rows);
    for (const { firstRow, channels } of groups) out.set(channels, firstRow);
    return out;
  });
}

/** The least and greatest value of a row around a frame, in the tiles' unit. */
export function valueAt(
  { items, args }: { readonly items: readonly TraceTile[]; readonly args: TracesArgs },
  row: number,
  frame: number,
): readonly [number, number] | undefined {
  const column = Math.floor(frame / args.framesAColumn);
  const tile = items.find(
    ({ tile, firstRow, channels, columns }) =>
      row >= firstRow &&
      row < firstRow + channels.length &&
      column >= tile * TILE_COLUMNS &&
      column < tile * TILE_COLUMNS + columns,
  );
  if (!tile) return undefined;
  const i = 2 * ((row - tile.firstRow) * tile.columns + column - tile.tile * TILE_COLUMNS);
  return [tile.minMax[i]! * tile.scale, tile.minMax[i + 1]! * tile.scale];
}
