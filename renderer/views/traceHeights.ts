import type { TraceTile } from '../../core/shared/api.ts';
import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';
import { MOST_LINES } from './traceRows.ts';

/** Rows and columns of a tile looked at to find a fitting height. */
const ROWS = 48;
const COLUMNS = 48;

/** Of so few rows none reaches into its neighbours. */
const FEW_ROWS = 16;
/** Over so many rows large spikes reach at most. */
const MOST_OVER = 1.6;
/** The whole range of colours, and the room for a row of lines, are at least so many times a usual minimum or maximum. */
const NOISE = { image: 3, lines: 5 };

/**
 * A row height that nearly all values of most rows fit into, in the tiles' unit: a few loud channels may reach over.
 * Where many rows are drawn as lines, large spikes reach over some of them, or all would be flat; but no noise does.
 * In colours, noise without spikes must not look like spikes.
 */
export function fittingHeight(tiles: readonly TraceTile[]): number | undefined {
  const rows = tiles.reduce((n, tile) => Math.max(n, tile.firstRow + tile.channels.length), 0);
  const image = rows > MOST_LINES;
  const over = Math.min(MOST_OVER, Math.sqrt(Math.max(1, rows / FEW_ROWS)));
  const every = Math.max(1, Math.ceil(rows / ROWS));
  const heights: number[] = [];
  for (let row = 0; row < rows; row += every) {
    const { most, usual } = swingOf(tiles, row);
    const [all, calm] = [1.4 * most, 1.4 * usual * (image ? NOISE.image : NOISE.lines)];
    heights.push(image ? Math.max(all, calm) : Math.max(all / over, Math.min(all, calm)));
  }
  heights.sort((a, b) => a - b);
  const height = heights[Math.floor(0.75 * (heights.length - 1))];
  return height === 0 ? undefined : height;
}

/** How far nearly all, and half of the minima and maxima of a row lie from its middle. */
function swingOf(tiles: readonly TraceTile[], row: number): { readonly most: number; readonly usual: number } {
  const values: number[] = [];
  for (const { firstRow, channels, columns, minMax, scale } of tiles) {
    if (row < firstRow || row >= firstRow + channels.length) continue;
    const start = 2 * (row - firstRow) * columns;
    const step = 2 * Math.floor(columns / COLUMNS) + 1; // odd: of minima and maxima alike
    for (let i = start; i < start + 2 * columns; i += step) values.push(minMax[i]! * scale);
  }
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sizes = values.map((value) => Math.abs(value - middle)).sort((a, b) => a - b);
  const at = (part: number) => sizes[Math.floor(part * (sizes.length - 1))] ?? 0;
  return { most: at(0.998), usual: at(0.5) };
}

/** Every so many columns of a tile for a row's middle. */
const MIDDLE_STEP = 4;

/** The mean of each row over the tiles, in their unit: raw rows lie apart by their offsets, which are not drawn. [rows] */
export function meansOf(items: readonly TraceTile[]): Float32Array {
  return memo(items, 'means', () => {
    const rows = items.reduce((n, tile) => Math.max(n, tile.firstRow + tile.channels.length), 0);
    const sums = new Float64Array(rows);
    const counts = new Float64Array(rows);
    for (const { firstRow, channels, columns, minMax, scale } of items)
      for (let row = 0; row < channels.length; row++) {
        let sum = 0;
        let count = 0;
        for (let c = 0; c < columns; c += MIDDLE_STEP) {
          const i = 2 * (row * columns + c);
          sum += minMax[i]! + minMax[i + 1]!;
          count += 2;
        }
        sums[firstRow + row]! += sum * scale;
        counts[firstRow + row]! += count;
      }
    return Float32Array.from(sums, (sum, row) => (counts[row]! > 0 ? sum / counts[row]! : 0));
  });
}

/**
 * What is subtracted of each row: its mean, rounded to whole `step`s. So rows do not twitch while one pans, and what was
 * uploaded with them stays good; and the same window looks the same whatever was seen before. The array is the same for
 * the same middles, as long as `keeper`, by `key`. [rows]
 */
export function middlesOf(
  items: readonly TraceTile[],
  { keeper, key, step }: { readonly keeper: object; readonly key: string; readonly step: number },
): Float32Array {
  const means = meansOf(items);
  const middles = memoLast(means, 'whole', String(step), () => means.map((mean) => step * Math.round(mean / step)));
  const kept = memo(keeper, `middles ${key}`, () => ({ middles }));
  if (!equal(kept.middles, middles)) kept.middles = middles;
  return kept.middles;
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]!);
}

const centers = new WeakMap<Int16Array, { readonly middles: Float32Array; readonly center: Float32Array }>();

/** The middles of a tile's rows in its own whole numbers. [rows of the tile] */
export function centerOf({ minMax, firstRow, channels, scale }: TraceTile, middles: Float32Array): Float32Array {
  const known = centers.get(minMax);
  if (known?.middles === middles) return known.center;
  const center = Float32Array.from(channels, (_, row) => (middles[firstRow + row] ?? 0) / scale);
  centers.set(minMax, { middles, center });
  return center;
}
