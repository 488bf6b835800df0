import type { TraceTile } from '../../core/shared/api.ts';
import { memo } from './memo.ts';

/** A row height that nearly all values fit into, in the tiles' unit. */
export function fittingHeight(tiles: readonly TraceTile[]): number | undefined {
  const sizes: number[] = [];
  for (const tile of tiles) {
    const center = centers(tile);
    const step = 2 * Math.max(1, Math.floor(tile.minMax.length / 8000)) + (tile.columns % 2 === 0 ? 2 : 0);
    for (let i = 0; i < tile.minMax.length; i += step) {
      const row = Math.floor(i / (2 * tile.columns));
      sizes.push(Math.abs(tile.minMax[i]! - center[row]!) * tile.scale);
    }
  }
  sizes.sort((a, b) => a - b);
  const large = sizes[Math.floor(0.998 * (sizes.length - 1))];
  return large === undefined || large === 0 ? undefined : 1.4 * large;
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
