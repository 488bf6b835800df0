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
  return speed.msFor((frames / workers + 2 * margin) * channels);
}

/**
 * `tiles` cut into contiguous pieces, one a job: as many as there are workers where that is faster (each reads the
 * margin again), more where that would take a worker long.
 */
export function tilePieces(tiles: TileRange, cost: PieceCost): TileRange[] {
  const { firstTile, endTile } = tiles;
  const count = endTile - firstTile;
  const { framesAColumn, channels, margin, workers, speed } = cost;
  const frames = count * framesAColumn * TILE_COLUMNS;
  if (frames * channels < 200_000 || frames < margin) return [tiles];
  const least = speed.msFor(2 * margin * channels);
  const wanted = Math.ceil(speed.msFor(frames * channels) / Math.max(PIECE_MS - least, PIECE_MS / 2, least));
  const pieces = Math.min(count, Math.max(workers, wanted));
  return Array.from({ length: pieces }, (_, i) => ({
    firstTile: firstTile + Math.floor((i * count) / pieces),
    endTile: firstTile + Math.floor(((i + 1) * count) / pieces),
  }));
}
