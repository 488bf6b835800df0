import type { TraceTile } from '../../core/shared/api.ts';
import { memo } from './memo.ts';

/** A row height that nearly all values of most rows fit into, in the tiles' unit: a few loud channels may reach over. */
export function fittingHeight(tiles: readonly TraceTile[]): number | undefined {
  const heights = tiles.flatMap(rowHeights).sort((a, b) => a - b);
  const usual = heights[Math.floor(0.75 * (heights.length - 1))];
  return usual === undefined || usual === 0 ? undefined : 1.4 * usual;
}

/** How far nearly all of each row's minima and maxima lie from its middle. */
function rowHeights(tile: TraceTile): number[] {
  const { minMax, columns, scale } = tile;
  const step = 2 * Math.floor(columns / 300) + 1; // odd: of minima and maxima alike
  return Array.from(centers(tile), (middle, row) => {
    const sizes: number[] = [];
    for (let i = 2 * row * columns; i < 2 * (row + 1) * columns; i += step)
      sizes.push(Math.abs(minMax[i]! - middle) * scale);
    sizes.sort((a, b) => a - b);
    return sizes[Math.floor(0.998 * (sizes.length - 1))] ?? 0;
  });
}

/** The middle of each row's values: raw rows lie apart by their offsets, which are not drawn. */
export function centers(tile: TraceTile): Float32Array {
  return memo(tile.minMax, 'centers', () => {
    const rows = tile.channels.length;
    const out = new Float32Array(rows);
    const step = Math.max(1, Math.floor(tile.columns / 400));
    for (let row = 0; row < rows; row++) {
      const middles: number[] = [];
      for (let c = 0; c < tile.columns; c += step) {
        const i = 2 * (row * tile.columns + c);
        middles.push((tile.minMax[i]! + tile.minMax[i + 1]!) / 2);
      }
      middles.sort((a, b) => a - b);
      out[row] = middles[middles.length >> 1] ?? 0;
    }
    return out;
  });
}
