import type { TracesArgs, TraceTile } from '../../core/shared/api.ts';
import { framesOfTile } from '../../core/shared/tileGrid.ts';
import type { Box, Color, Domain, Mark } from '../gl/mark.ts';
import { memo } from './memo.ts';
import { bytes } from './palette.ts';
import { centerOf } from './traceHeights.ts';
import { besideOf, type Neighbours } from './traceTiles.ts';
import type { Seen } from './traceWindow.ts';
import type { ViewState } from './view.ts';

/** Where and how tiles are drawn. */
export interface TileGround {
  readonly box: Box;
  readonly domain: Domain;
  readonly seen: Seen;
  readonly args: TracesArgs;
  /** What one row is high, in the tiles' unit. */
  readonly perRow: number;
  readonly middles: Float32Array;
  readonly state: ViewState;
}

/** Parts of a tile's rows: [pieces][u0, u1, row] and [pieces][4]. */
export interface Pieces {
  readonly pieces: Float32Array;
  readonly colors: Uint8Array;
}

/** A tile as lines, those of spikes coloured above them. */
export function linesOf(of: Neighbours, ground: TileGround, spikes?: Pieces): Mark {
  const { perRow, state } = ground;
  const { tile } = of;
  const rows = tile.channels.length;
  const all = memo(tile.minMax, `rows ${state.palette.name}`, () => wholeRows(rows, state.palette.trace));
  const { pieces, colors } = spikes ? memo(spikes, `above ${state.palette.name}`, () => together(all, spikes)) : all;
  return { kind: 'traces', ...placed(tile, ground), gain: tile.scale / perRow, pieces, colors, beside: besideOf(of) };
}

/** The same as an image. */
export function imageOf(tile: TraceTile, ground: TileGround): Mark {
  const { perRow, seen, args, state } = ground;
  const most = imageRange(perRow, seen, args) / tile.scale;
  return { kind: 'heat', ...placed(tile, ground), colormap: state.palette.diverging, most };
}

/**
 * The value of the strongest colour: half a row's height. The longer a column the more likely it holds a spike: from
 * 1 ms on each doubling widens the range by a quarter, or wide windows had nothing but the strongest colour.
 */
export function imageRange(perRow: number, { rate }: Seen, { framesAColumn }: TracesArgs): number {
  return (perRow / 2) * (1 + Math.max(0, Math.log2((1000 * framesAColumn) / rate)) / 4);
}

function placed(tile: TraceTile, { box, domain, args, seen, middles }: TileGround) {
  const { minMax, columns, firstRow, channels } = tile;
  const center = centerOf(tile, middles);
  return { box, domain, minMax, columns, rows: channels.length, center, span: spanOf(tile, args, seen), firstRow };
}

function wholeRows(rows: number, color: Color): Pieces {
  const pieces = new Float32Array(3 * rows);
  for (let row = 0; row < rows; row++) pieces.set([0, 1, row], 3 * row);
  return { pieces, colors: bytes(color, rows) };
}

function together(a: Pieces, b: Pieces): Pieces {
  const pieces = new Float32Array(a.pieces.length + b.pieces.length);
  const colors = new Uint8Array(a.colors.length + b.colors.length);
  pieces.set(a.pieces);
  pieces.set(b.pieces, a.pieces.length);
  colors.set(a.colors);
  colors.set(b.colors, a.colors.length);
  return { pieces, colors };
}

/** Seconds of the window that a tile reaches over. A column shows its frames from half a frame before the first. */
function spanOf(tile: TraceTile, { framesAColumn }: TracesArgs, { startS, rate }: Seen): [number, number] {
  const from = framesOfTile(tile.tile, framesAColumn).startFrame - 0.5;
  return [from / rate - startS, (from + tile.columns * framesAColumn) / rate - startS];
}
