import type { TraceTile } from '../shared/api.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { TILE_COLUMNS } from '../shared/tileGrid.ts';
import { type ColumnRange, framesOf, readColumns, sampleColumns } from './columns.ts';
import { withOpened } from './opened.ts';
import { describeNode } from './tileNode.ts';
import { type Columns, type TileRows, tilesOf } from './tiles.ts';

/** Tiles firstTile ≤ tile < endTile of the grid. */
export interface TileArgs {
  /** Fitted. */
  readonly spec: RecordingSpec;
  readonly rows: TileRows;
  /** Frames that the chain reads around each read. */
  readonly margin: number;
  readonly segment: number;
  readonly framesAColumn: number;
  readonly firstTile: number;
  readonly endTile: number;
}

/** Instead of all frames: so many stretches of so many frames over all the tiles. */
export interface SampleArgs extends TileArgs {
  readonly stretches: number;
  readonly frames: number;
}

/** What a job cost: the next are planned by it. */
export interface Worked {
  /** Samples that were read, margins too. */
  readonly samples: number;
  readonly ms: number;
}

/** Exact. */
async function* traceTiles(args: TileArgs, signal: AbortSignal): AsyncGenerator<TraceTile, Worked> {
  const { rows, margin, segment } = args;
  const began = performance.now();
  // Collected before the first tile goes out: the recording is given back even if nobody asks for the second.
  const { columns, frames } = await withOpened(args.spec, async (recording) => {
    const range = rangeOf(args);
    const { startFrame, endFrame } = framesOf(range, recording.info.numFrames[segment] ?? 0);
    return { columns: await readColumns(recording, range, margin, signal), frames: endFrame - startFrame };
  });
  yield* tilesAmong(args, columns, 1);
  return { samples: (frames + 2 * margin) * rows.channels.length, ms: performance.now() - began };
}

async function* sampledTiles(args: SampleArgs, signal: AbortSignal): AsyncGenerator<TraceTile, void> {
  const { columns, sampled } = await withOpened(args.spec, (recording) =>
    sampleColumns(recording, rangeOf(args), args, signal),
  );
  yield* tilesAmong(args, columns, sampled);
}

function rangeOf({ segment, framesAColumn, firstTile, endTile }: TileArgs): ColumnRange {
  return { segment, framesAColumn, firstColumn: firstTile * TILE_COLUMNS, endColumn: endTile * TILE_COLUMNS };
}

function* tilesAmong(
  { rows, firstTile, endTile }: TileArgs,
  all: Columns,
  sampled: number,
): Generator<TraceTile, void> {
  const channels = rows.channels.length;
  for (let tile = firstTile; tile < endTile; tile++) {
    const first = (tile - firstTile) * TILE_COLUMNS;
    const columns = Math.min(TILE_COLUMNS, all.columns - first);
    if (columns <= 0) return;
    const part = [first * channels, (first + columns) * channels] as const;
    const one = { columns, low: all.low.subarray(...part), high: all.high.subarray(...part) };
    yield* tilesOf(rows, one, { tile, sampled });
  }
}

export const tilesJobs = { traceTiles, sampledTiles, describeNode };
