import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import type { ChainSpeed } from './chainSpeed.ts';

/** Tiles firstTile ≤ tile < endTile. */
export interface TileRange {
  readonly firstTile: number;
  readonly endTile: number;
}

/** Longer than this a job does not keep others from its worker. */
const PIECE_MS = 100;

export interface PieceCost {
  readonly framesAColumn: number;
  readonly channels: number;
  readonly margin: number;
  readonly workers: number;
  readonly speed: ChainSpeed;
}

/** Of reading all tiles on all workers, ms. */
export function msForTiles({ firstTile, endTile }: TileRange, cost: PieceCost): number {
  const { framesAColumn, channels, margin, workers, speed } = cost;
  const frames = (endTile - firstTile) * framesAColumn * TILE_COLUMNS;
  if (frames <= 0) return 0;
  return speed.msFor((frames / workers + 2 * margin) * channels);
}

/**
 * `tiles` cut into contiguous pieces, one a job: as many as there are workers where that is faster (each reads the
 * margin again), more where that would take a worker long.
 */
export function tilePieces(tiles: TileRange, cost: PieceCost): TileRange[] {
  const count = tiles.endTile - tiles.firstTile;
  const { framesAColumn, channels, margin, workers, speed } = cost;
  const frames = count * framesAColumn * TILE_COLUMNS;
  if (frames * channels < 200_000 || frames < margin) return [tiles];
  const least = speed.msFor(2 * margin * channels);
  const wanted = Math.ceil(speed.msFor(frames * channels) / Math.max(PIECE_MS - least, PIECE_MS / 2, least));
  return split(tiles, Math.max(workers, wanted));
}

/** `tiles` in so many parts of nearly equal length; fewer where there are not as many. */
export function split({ firstTile, endTile }: TileRange, parts: number): TileRange[] {
  const count = endTile - firstTile;
  const pieces = Math.min(count, parts);
  return Array.from({ length: pieces }, (_, i) => ({
    firstTile: firstTile + Math.floor((i * count) / pieces),
    endTile: firstTile + Math.floor(((i + 1) * count) / pieces),
  }));
}

/** Short looks at tiles. */
export interface Looks {
  readonly stretches: number;
  readonly frames: number;
}

/** What a worker can look at in `ms`: some frames of each column, or where each look has a margin, fewer and longer. */
export function sampleOf({ firstTile, endTile }: TileRange, cost: PieceCost, ms: number): Looks {
  const { channels, margin, framesAColumn, speed } = cost;
  const columns = (endTile - firstTile) * TILE_COLUMNS;
  const frames = speed.samplesIn(ms) / channels;
  if (margin === 0) return { stretches: columns, frames: clamp(Math.floor(frames / columns), 1, framesAColumn) };
  const length = Math.max(64, Math.round(margin / 4));
  return { stretches: clamp(Math.floor(frames / (length + 2 * margin)), 1, columns), frames: length };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
