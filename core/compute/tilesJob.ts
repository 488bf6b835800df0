import type { TraceTile } from '../shared/api.ts';
import type { Recording, RecordingSpec } from '../shared/recording.ts';
import { withTransfer } from '../shared/rpc.ts';
import { breathe } from './breathe.ts';
import { kernels } from './kernels.ts';
import { withOpened } from './opened.ts';
import { type Columns, tilesOf } from './tiles.ts';

/** A window of traces, at most one (min, max) a column. */
export interface TileArgs {
  /** Fitted. */
  readonly spec: RecordingSpec;
  readonly segment: number;
  /** Cut to the segment. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** More frames than these: minimum and maximum of each column's frames; fewer: a column a frame. */
  readonly columns: number;
}

/** Read at once: long windows are gone through piece by piece, so memory stays small and a cancel is heard soon. */
const BLOCK_BYTES = 16 * 2 ** 20;
/** More columns than any screen has. */
const MOST_COLUMNS = 16_384;

async function* traceTiles(args: TileArgs, signal: AbortSignal): AsyncGenerator<TraceTile, void> {
  // Collected before the first tile goes out: the recording is given back even if nobody asks for the second.
  const tiles = await withOpened(args.spec, async (recording) => [
    ...tilesOf(recording.info, await columnsOf(recording, args, signal)),
  ]);
  for (const tile of tiles)
    yield withTransfer(
      tile,
      [tile.minMax.buffer, tile.channels.buffer].filter((buffer) => buffer instanceof ArrayBuffer),
    );
}

async function columnsOf(recording: Recording, args: TileArgs, signal: AbortSignal): Promise<Columns> {
  const channels = recording.info.channelIds.length;
  const total = recording.info.numFrames[args.segment] ?? 0;
  const start = Math.max(0, Math.min(total, Math.floor(args.startFrame)));
  const frames = Math.max(0, Math.min(total, Math.ceil(args.endFrame)) - start);
  const columns = Math.min(frames, MOST_COLUMNS, Math.max(1, Math.floor(args.columns)));
  const low = new Float32Array(columns * channels).fill(Number.POSITIVE_INFINITY);
  const high = new Float32Array(columns * channels).fill(Number.NEGATIVE_INFINITY);
  const edge = (column: number) => Math.floor((column * frames) / columns);
  const block = Math.max(1, Math.floor(BLOCK_BYTES / 4 / channels));
  let first = 0;
  for (let from = 0; from < frames; from += block) {
    await breathe(signal);
    const to = Math.min(frames, from + block);
    const data = await recording.read(args.segment, start + from, start + to);
    while (edge(first + 1) <= from) first++;
    let last = first;
    const edges = [0];
    while (edge(last) < to) edges.push(Math.min(to, edge(++last)) - from);
    const part = [first * channels, last * channels] as const;
    kernels().minMax(data, channels, Int32Array.from(edges), low.subarray(...part), high.subarray(...part));
  }
  return { columns, low, high };
}

export const tilesJobs = { traceTiles };
