import type { TracesArgs, TraceTile } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { chain, type RecordingSpec } from '../shared/recording.ts';
import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import { buildPyramid } from './buildPyramid.ts';
import { ChainSpeed } from './chainSpeed.ts';
import { inTurn } from './inTurn.ts';
import { PageMemory } from './pageMemory.ts';
import { Pyramid, type PyramidPlace } from './pyramid.ts';
import { levelFor } from './pyramidShape.ts';
import { PyramidTiles } from './pyramidTiles.ts';
import type { Quiet } from './quiet.ts';
import type { TileNode } from './tileNode.ts';
import { msForTiles, type PieceCost, sampleOf, split, type TileRange, tilePieces } from './tilePieces.ts';
import { tileRows } from './tiles.ts';
import type { SampleArgs, TileArgs, Worked } from './tilesJob.ts';

/** What takes longer is shown as a sample first. */
const WAIT_MS = 200;
/** What that sample may cost. */
const SAMPLE_MS = 70;
const MEMORY_BYTES = 128 * 2 ** 20;

export interface TileSourceOptions extends Omit<PyramidPlace, 'memory'> {
  /** Pyramids grow while it is quiet; left out: only by what is asked for. */
  readonly quiet?: Quiet;
}

/** What a job of tiles is told besides which. */
type TileBase = Omit<TileArgs, 'firstTile' | 'endTile'>;

/** Answers `traces`: exact tiles; where they take long, first ones made of a part of the frames. */
export class TileSource {
  readonly #compute: Compute;
  readonly #options: TileSourceOptions;
  readonly #memory = new PageMemory(MEMORY_BYTES);
  /** By spec: a session that was changed has others. */
  readonly #looked = new WeakMap<RecordingSpec, Promise<Pyramid>>();
  /** By what a spec comes to: most changes of a session change nothing of a node. */
  readonly #pyramids = new Map<string, Pyramid>();
  #building: { readonly key: string; readonly stop: AbortController; readonly end: Promise<void> } | undefined;

  constructor(options: TileSourceOptions) {
    this.#compute = options.compute;
    this.#options = options;
  }

  async *tiles(
    spec: RecordingSpec,
    args: Omit<TracesArgs, 'node'>,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const pyramid = await this.#look(spec);
    const { node, shape, speed } = pyramid;
    const { info, margin } = node;
    const { segment, framesAColumn, firstTile } = args;
    const inSegment = Math.ceil((info.numFrames[segment] ?? 0) / framesAColumn / TILE_COLUMNS);
    const tiles = { firstTile, endTile: Math.min(args.endTile, inSegment) };
    if (tiles.endTile <= firstTile) return;
    const base: TileBase = { spec, rows: tileRows(info, args.order), margin, segment, framesAColumn };
    const cost = { framesAColumn, channels: shape.channels, margin, workers: this.#compute.size, speed };
    const level = levelFor(shape, framesAColumn);
    if (level === undefined) {
      const ms = msForTiles(tiles, cost);
      if (ms > WAIT_MS) yield* this.#sampled(base, [tiles], cost, signal);
      yield* this.#exact(base, tiles, cost, signal);
    } else yield* this.#fromPyramid(pyramid, base, level, tiles, cost, signal);
    this.#build(pyramid);
  }

  /** Stops what is done ahead of time, and waits until nothing is written any more. */
  async close(): Promise<void> {
    this.#building?.stop.abort();
    await this.#building?.end;
    this.#building = undefined;
  }

  /** Not cancelled with the window that wanted it first: others may wait for it by then. */
  #look(spec: RecordingSpec): Promise<Pyramid> {
    const known = this.#looked.get(spec);
    if (known) return known;
    const made = this.#compute
      .run<{ spec: RecordingSpec }, never, TileNode>('describeNode', { spec }, { queue: 'visible' })
      .then((node) => this.#pyramidOf(node));
    this.#looked.set(spec, made);
    made.catch(() => this.#looked.delete(spec));
    return made;
  }

  #pyramidOf(node: TileNode): Pyramid {
    const chained = chain(node.spec);
    const places = chained.flatMap((spec) => ('paths' in spec ? spec.paths : []));
    const key = [node.key, ...places].join('\n');
    const speed = new ChainSpeed(chained.length - 1);
    const pyramid = this.#pyramids.get(key) ?? new Pyramid(node, speed, { ...this.#options, memory: this.#memory });
    this.#pyramids.set(key, pyramid);
    return pyramid;
  }

  async *#fromPyramid(
    pyramid: Pyramid,
    base: TileBase,
    level: number,
    tiles: TileRange,
    cost: PieceCost,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const { rows, segment, framesAColumn } = base;
    const wanted = { rows, segment, framesAColumn, level, tiles, workers: cost.workers };
    const made = await PyramidTiles.open(pyramid, wanted, signal);
    yield* made.ready(signal);
    const missing = made.missing();
    if (missing.length === 0) return;
    if (made.msLeft() > WAIT_MS) yield* this.#sampled(base, missing, cost, signal);
    yield* made.rest(signal);
  }

  /** In time order; long stretches tell how long the rest takes. */
  async *#exact(
    base: TileBase,
    tiles: TileRange,
    cost: PieceCost,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const run = async (piece: TileRange, onItem: (tile: TraceTile) => void, signal: AbortSignal) => {
      const job: TileArgs = { ...base, ...piece };
      const options = { signal, queue: 'visible', onItem } as const;
      cost.speed.add(await this.#compute.run<TileArgs, TraceTile, Worked>('traceTiles', job, options));
    };
    let left = tiles.endTile - tiles.firstTile;
    for await (const tile of inTurn(tilePieces(tiles, cost), cost.workers, run, signal)) {
      if (tile.firstRow === 0) left--;
      yield { ...tile, secondsLeft: Math.round(msForTiles({ firstTile: 0, endTile: left }, cost) / 100) / 10 };
    }
  }

  /** Each worker looks at a part of each stretch. */
  async *#sampled(
    base: TileBase,
    stretches: readonly TileRange[],
    cost: PieceCost,
    signal: AbortSignal,
  ): AsyncGenerator<TraceTile, void> {
    const parts = stretches.flatMap((tiles) => split(tiles, cost.workers));
    const ms = (SAMPLE_MS * cost.workers) / parts.length;
    const run = async (part: TileRange, onItem: (tile: TraceTile) => void, signal: AbortSignal) => {
      const job: SampleArgs = { ...base, ...part, ...sampleOf(part, cost, ms) };
      await this.#compute.run<SampleArgs, TraceTile, void>('sampledTiles', job, { signal, queue: 'visible', onItem });
    };
    yield* inTurn(parts, cost.workers, run, signal);
  }

  /** Goes on with the pyramid of the node that was looked at last. */
  #build(pyramid: Pyramid): void {
    const { quiet } = this.#options;
    const { key } = pyramid.node;
    if (!quiet || !pyramid.lasting || this.#building?.key === key) return;
    this.#building?.stop.abort();
    const stop = new AbortController();
    // What goes wrong is told to whoever looks at that part.
    const end = buildPyramid(pyramid, quiet, stop.signal).catch(() => pyramid.written());
    this.#building = { key, stop, end };
  }
}
