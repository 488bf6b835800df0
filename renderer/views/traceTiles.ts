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

/**
 * Where a column is wider than this many device pixels tiles are joined, so that the line goes on from the last sample
 * of one to the first of the next.
 */
const JOINED_BELOW_FRAMES = 4;

/** What is drawn one beside the other: tiles as they came or, where single samples are seen, all of a row group as one. */
export function drawnTiles(items: readonly TraceTile[], framesAColumn: number): readonly TraceTile[] {
  if (framesAColumn >= JOINED_BELOW_FRAMES || items.length < 2) return items;
  return memo(items, 'joined', () => {
    const groups = new Set(items.map(({ firstRow }) => firstRow));
    return [...groups].map((group) => joined(items.filter(({ firstRow }) => firstRow === group)));
  });
}

function joined(tiles: readonly TraceTile[]): TraceTile {
  const [first] = tiles;
  if (!first || tiles.length < 2) return first ?? EMPTY;
  const columns = tiles.reduce((n, tile) => n + tile.columns, 0);
  const scale = Math.max(...tiles.map((tile) => tile.scale));
  const rows = first.channels.length;
  const minMax = new Int16Array(2 * rows * columns);
  let from = 0;
  for (const tile of tiles) {
    const times = tile.scale / scale;
    for (let row = 0; row < rows; row++) {
      const to = 2 * (row * columns + from);
      const at = 2 * row * tile.columns;
      for (let i = 0; i < 2 * tile.columns; i++) minMax[to + i] = Math.round(tile.minMax[at + i]! * times);
    }
    from += tile.columns;
  }
  return { ...first, columns, minMax, scale, sampled: Math.min(...tiles.map((tile) => tile.sampled)) };
}

const EMPTY: TraceTile = {
  tile: 0,
  firstRow: 0,
  channels: new Int32Array(),
  columns: 0,
  minMax: new Int16Array(),
  scale: 1,
  unit: 'raw',
  sampled: 1,
};

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
