/** Columns of a tile of traces. */
export const TILE_COLUMNS = 128;

/**
 * Frames a column may have: 1, 2, 3, 4, 6, 8, 12, 16, 24 … Each level is at most twice the one before and mostly 1.5
 * times, so what is drawn has never many more columns than pixels.
 */
export const COLUMN_FRAMES: readonly number[] = [
  1,
  ...Array.from({ length: 30 }, (_, k) => [2 ** (k + 1), 3 * 2 ** k]).flat(),
];

/** The coarsest level that still has a column for each pixel. `framesAPixel`: device pixels. */
export function columnFrames(framesAPixel: number): number {
  return COLUMN_FRAMES.findLast((frames) => frames <= framesAPixel) ?? 1;
}

/** The tiles that frames startFrame ≤ f < endFrame of a segment lie in; none of an empty stretch. */
export function tilesOfFrames(
  { startFrame, endFrame }: { readonly startFrame: number; readonly endFrame: number },
  framesAColumn: number,
): { readonly firstTile: number; readonly endTile: number } {
  const each = framesAColumn * TILE_COLUMNS;
  const firstTile = Math.floor(Math.max(0, startFrame) / each);
  return { firstTile, endTile: Math.max(firstTile, Math.ceil(endFrame / each)) };
}

/** First and end frame of a tile; the end is not cut to the segment. */
export function framesOfTile(tile: number, framesAColumn: number): { startFrame: number; endFrame: number } {
  const each = framesAColumn * TILE_COLUMNS;
  return { startFrame: tile * each, endFrame: (tile + 1) * each };
}
