import type { TraceTile } from '../shared/api.ts';
import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import { inTurn } from './inTurn.ts';
import type { Page } from './pageMemory.ts';
import type { Pyramid } from './pyramid.ts';
import { CHUNK_FRAMES, chunksIn, PAGE_CHUNKS, pageOf } from './pyramidShape.ts';
import type { TileRange } from './tilePieces.ts';
import type { TileRows } from './tiles.ts';

/** Longer than this a job does not keep others from its worker. */
const PIECE_MS = 80;

export interface PyramidTilesArgs {
  readonly rows: TileRows;
  readonly segment: number;
  readonly framesAColumn: number;
  /** Of the pyramid, that divides framesAColumn. */
  readonly level: number;
  readonly tiles: TileRange;
  /** Workers that may be used. */
  readonly workers: number;
}

/** Chunks to be read, and the tiles that can be made by then. */
interface Piece {
  readonly page: number;
  readonly chunks: readonly [number, number];
}

/** Tiles of one call, made of a pyramid: those whose chunks are there, and the others as their chunks are read. */
export class PyramidTiles {
  readonly #pyramid: Pyramid;
  readonly #args: PyramidTilesArgs;
  readonly #pages: Map<number, Page>;
  /** Not made yet, in order. */
  readonly #left: Set<number>;

  private constructor(pyramid: Pyramid, args: PyramidTilesArgs, pages: Map<number, Page>) {
    this.#pyramid = pyramid;
    this.#args = args;
    this.#pages = pages;
    const { firstTile, endTile } = args.tiles;
    this.#left = new Set(Array.from({ length: endTile - firstTile }, (_, i) => firstTile + i));
  }

  static async open(pyramid: Pyramid, args: PyramidTilesArgs, signal: AbortSignal): Promise<PyramidTiles> {
    const { segment, level, tiles, framesAColumn } = args;
    const each = (framesAColumn * TILE_COLUMNS) / CHUNK_FRAMES;
    const last = Math.min(chunksIn(pyramid.shape, segment), Math.ceil(tiles.endTile * each));
    const range = [pageOf(Math.floor(tiles.firstTile * each)), pageOf(Math.max(0, last - 1)) + 1] as const;
    return new PyramidTiles(pyramid, args, await pyramid.pages(segment, range, level, signal));
  }

  /** Those that can be made now. */
  async *ready(signal: AbortSignal): AsyncGenerator<TraceTile, void> {
    const run = (tiles: readonly number[], push: (tile: TraceTile) => void, signal: AbortSignal) =>
      this.#make(tiles, push, signal);
    const now = this.#take();
    const each = Math.max(1, Math.ceil(now.length / this.#args.workers));
    const parts = Array.from({ length: Math.ceil(now.length / each) }, (_, i) => now.slice(i * each, (i + 1) * each));
    yield* inTurn(parts, this.#args.workers, run, signal);
  }

  /** Stretches of tiles whose chunks are missing. */
  missing(): TileRange[] {
    const out: { firstTile: number; endTile: number }[] = [];
    for (const tile of this.#left) {
      const last = out.at(-1);
      if (last?.endTile === tile) last.endTile++;
      else out.push({ firstTile: tile, endTile: tile + 1 });
    }
    return out;
  }

  /** Of reading what is missing, on all workers. */
  msLeft(): number {
    const { shape, node, speed } = this.#pyramid;
    const pieces = this.#pieces();
    const chunks = pieces.reduce((sum, { chunks: [first, end] }) => sum + end - first, 0);
    const frames = chunks * CHUNK_FRAMES + pieces.length * 2 * node.margin;
    return speed.msFor(frames * shape.channels) / this.#args.workers;
  }

  /** The others, in time order as their chunks are read. */
  async *rest(signal: AbortSignal): AsyncGenerator<TraceTile, void> {
    const run = async ({ page, chunks }: Piece, push: (tile: TraceTile) => void, signal: AbortSignal) => {
      const into = this.#pages.get(page);
      if (!into) return;
      await this.#pyramid.fill(this.#args.segment, page, into, chunks, signal);
      await this.#make(this.#take(), push, signal);
    };
    for await (const tile of inTurn(this.#pieces(), this.#args.workers, run, signal))
      yield { ...tile, secondsLeft: Math.round(this.msLeft() / 100) / 10 };
  }

  #pieces(): Piece[] {
    const chunks = [...this.#left].map((tile) => this.#chunksOf(tile));
    const first = Math.min(...chunks.map(([first]) => first));
    const end = Math.max(...chunks.map(([, end]) => end));
    return [...this.#pages].flatMap(([page, one]) =>
      this.#pyramid
        .pieces(one, PIECE_MS, [first - page * PAGE_CHUNKS, end - page * PAGE_CHUNKS])
        .map((chunks) => ({ page, chunks })),
    );
  }

  /** Tiles whose chunks are all there now; each is given once. Pages no tile needs any more are let go. */
  #take(): number[] {
    const now = [...this.#left].filter((tile) => {
      const [first, end] = this.#chunksOf(tile);
      for (let chunk = first; chunk < end; chunk++)
        if (!this.#pages.get(pageOf(chunk))?.filled[chunk % PAGE_CHUNKS]) return false;
      return true;
    });
    for (const tile of now) this.#left.delete(tile);
    return now;
  }

  #chunksOf(tile: number): readonly [number, number] {
    const each = (this.#args.framesAColumn * TILE_COLUMNS) / CHUNK_FRAMES;
    const all = chunksIn(this.#pyramid.shape, this.#args.segment);
    return [Math.floor(tile * each), Math.min(all, Math.ceil((tile + 1) * each))];
  }

  async #make(tiles: readonly number[], push: (tile: TraceTile) => void, signal: AbortSignal): Promise<void> {
    if (tiles.length === 0) return;
    const { rows, segment, framesAColumn, level } = this.#args;
    const chunks = tiles.map((tile) => this.#chunksOf(tile));
    const firstPage = pageOf(Math.min(...chunks.map(([first]) => first)));
    const endPage = pageOf(Math.max(...chunks.map(([, end]) => end)) - 1) + 1;
    const pages = new Map(
      [...this.#pages].flatMap(([page, { data }]) => {
        const one = data.levels.get(level);
        // Only what is needed crosses.
        return page >= firstPage && page < endPage && one
          ? [[page, { ...data, levels: new Map([[level, one]]) }] as const]
          : [];
      }),
    );
    const numFrames = this.#pyramid.shape.numFrames[segment] ?? 0;
    await this.#pyramid.makeTiles({ rows, numFrames, framesAColumn, level, tiles, pages }, push, signal);
    const needed = Math.min(...[...this.#left].map((tile) => pageOf(this.#chunksOf(tile)[0])));
    for (const page of this.#pages.keys()) if (page < needed && this.#left.size > 0) this.#pages.delete(page);
  }
}
