import type { TracesArgs, TraceTile } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { chain, type RecordingSpec } from '../shared/recording.ts';
import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import { ChainSpeed } from './chainSpeed.ts';
import { inTurn } from './inTurn.ts';
import type { TileNode } from './tileNode.ts';
import { msForTiles, type PieceCost, type TileRange, tilePieces } from './tilePieces.ts';
import { tileRows } from './tiles.ts';
import type { SampleArgs, TileArgs, Worked } from './tilesJob.ts';

/** What takes longer is shown as a sample first. */
const WAIT_MS = 200;
/** What that sample may cost. */
const SAMPLE_MS = 110;

/** A node that is looked at, and how fast it was read until now. */
interface Looked {
  readonly node: TileNode;
  readonly speed: ChainSpeed;
}

/** Answers `traces`: exact tiles; where they take long, first ones made of a part of the frames. */
export class TileSource {
  readonly #compute: Compute;
  /** By spec: a session that was changed has others. */
  readonly #looked = new WeakMap<RecordingSpec, Promise<Looked>>();

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  async *tiles(
    spec: RecordingSpec,
    args: Omit<TracesArgs, 'node'>,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const looked = await this.#look(spec);
    const { info, margin } = looked.node;
    const { segment, framesAColumn, firstTile } = args;
    const inSegment = Math.ceil((info.numFrames[segment] ?? 0) / framesAColumn / TILE_COLUMNS);
    const tiles = { firstTile, endTile: Math.min(args.endTile, inSegment) };
    if (tiles.endTile <= firstTile) return;
    const rows = tileRows(info, args.order);
    const base = { spec, rows, margin, segment, framesAColumn };
    const cost = this.#cost(looked, framesAColumn);
    if (msForTiles(tiles, cost) > WAIT_MS) yield* this.#sampled(base, tiles, cost, signal);
    yield* this.#exact(base, tiles, cost, signal);
  }

  /** Not cancelled with the window that wanted it first: others may wait for it by then. */
  #look(spec: RecordingSpec): Promise<Looked> {
    const known = this.#looked.get(spec);
    if (known) return known;
    const made = this.#compute
      .run<{ spec: RecordingSpec }, never, TileNode>('describeNode', { spec }, { queue: 'visible' })
      .then((node) => ({ node, speed: new ChainSpeed(chain(spec).length - 1) }));
    this.#looked.set(spec, made);
    made.catch(() => this.#looked.delete(spec));
    return made;
  }

  #cost({ node: { info, margin }, speed }: Looked, framesAColumn: number): PieceCost {
    return { framesAColumn, channels: info.channelIds.length, margin, workers: this.#compute.size, speed };
  }

  /** In time order; long stretches tell how long the rest takes. */
  async *#exact(
    base: Omit<TileArgs, 'firstTile' | 'endTile'>,
    tiles: TileRange,
    cost: PieceCost,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const run = async (piece: TileRange, push: (tile: TraceTile) => void, signal: AbortSignal) => {
      const job: TileArgs = { ...base, ...piece };
      cost.speed.add(
        await this.#compute.run<TileArgs, TraceTile, Worked>('traceTiles', job, {
          signal,
          queue: 'visible',
          onItem: push,
        }),
      );
    };
    let left = tiles.endTile - tiles.firstTile;
    for await (const tile of inTurn(tilePieces(tiles, cost), this.#compute.size, run, signal)) {
      if (tile.firstRow === 0) left--;
      yield withSecondsLeft(tile, msForTiles({ firstTile: 0, endTile: left }, cost));
    }
  }

  /** Each worker looks at a part of the stretch. */
  async *#sampled(
    base: Omit<TileArgs, 'firstTile' | 'endTile'>,
    tiles: TileRange,
    cost: PieceCost,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const count = tiles.endTile - tiles.firstTile;
    const pieces = Math.min(count, cost.workers);
    const parts = Array.from({ length: pieces }, (_, i) => ({
      firstTile: tiles.firstTile + Math.floor((i * count) / pieces),
      endTile: tiles.firstTile + Math.floor(((i + 1) * count) / pieces),
    }));
    const run = async (part: TileRange, push: (tile: TraceTile) => void, signal: AbortSignal) => {
      const job: SampleArgs = { ...base, ...part, ...sampleOf(part, cost) };
      await this.#compute.run<SampleArgs, TraceTile, void>('sampledTiles', job, {
        signal,
        queue: 'visible',
        onItem: push,
      });
    };
    yield* inTurn(parts, cost.workers, run, signal);
  }
}

/** What a worker can look at in time: some frames of each column, or where each look has a margin, fewer and longer. */
function sampleOf({ firstTile, endTile }: TileRange, cost: PieceCost): { stretches: number; frames: number } {
  const { channels, margin, framesAColumn, speed } = cost;
  const columns = (endTile - firstTile) * TILE_COLUMNS;
  const frames = speed.samplesIn(SAMPLE_MS) / channels;
  if (margin === 0) return { stretches: columns, frames: clamp(Math.floor(frames / columns), 1, framesAColumn) };
  const length = Math.max(64, Math.round(margin / 4));
  return { stretches: clamp(Math.floor(frames / (length + 2 * margin)), 1, columns), frames: length };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function withSecondsLeft(tile: TraceTile, ms: number): TraceTile {
  return { ...tile, secondsLeft: Math.round(ms / 100) / 10 };
}
