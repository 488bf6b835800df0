import type { TracesArgs, TraceTile } from '../../core/shared/api.ts';
import type { Cached } from './asked.ts';
import type { Cache } from './cache.ts';

/** All messages of one tile, in order of rows. */
export type WholeTile = readonly TraceTile[];

/** What tiles of one grid have in common: tiles of equal grids are exchangeable. */
export function gridOf({ node, segment, order, framesAColumn }: TracesArgs, version: string): string {
  return JSON.stringify(['tile', version, node, segment, order, framesAColumn]);
}

/** Exact tiles one by one, in the cache that all answers share. */
export class TileCache {
  readonly #cache: Cache<Cached>;

  constructor(cache: Cache<Cached>) {
    this.#cache = cache;
  }

  get(grid: string, tile: number): WholeTile | undefined {
    const found = this.#cache.get(`${grid}${tile}`);
    return found && !('method' in found) ? found : undefined;
  }

  set(grid: string, tile: number, whole: WholeTile): void {
    this.#cache.set(`${grid}${tile}`, whole);
  }
}

/** Puts the messages of tiles together as they come, sampled and exact ones apart. */
export class TileParts {
  readonly #parts = new Map<number, TraceTile[]>();

  /** The whole tile, once its last row is there. */
  add(part: TraceTile): WholeTile | undefined {
    const { secondsLeft: _left, ...tile } = part;
    const before = this.#parts.get(tile.tile);
    const parts = before?.[0] && isExact(before[0]) === isExact(tile) ? [...before, tile] : [tile];
    const rows = parts.reduce((sum, { channels }) => sum + channels.length, 0);
    if (rows < (tile.numRows ?? rows)) {
      this.#parts.set(tile.tile, parts);
      return undefined;
    }
    this.#parts.delete(tile.tile);
    return parts.sort((a, b) => a.firstRow - b.firstRow);
  }
}

export function isExact({ sampled }: TraceTile): boolean {
  return sampled >= 1;
}
