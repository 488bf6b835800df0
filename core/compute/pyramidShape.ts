import type { RecordingInfo } from '../shared/recording.ts';

/*
 * How the coarse levels of a node lie. A segment is cut into chunks, which are read at once; chunks lie in pages, which
 * are files. A page has several levels, each of them columns of that many frames: coarser tiles are made of the
 * coarsest level that divides them.
 */

export const CHUNK_FRAMES = 2 ** 13;
export const PAGE_CHUNKS = 32;

/** Frames a column of the finest level: a 24th of an int16 file. */
const FINEST = 64;
/** All levels of a node: long recordings have a coarser finest level. */
const MOST_BYTES = 1e9;

export interface PyramidShape {
  readonly channels: number;
  /** Of each segment. */
  readonly numFrames: readonly number[];
  /** Frames a column, finest first; each divides CHUNK_FRAMES, which is the last. */
  readonly levels: readonly number[];
}

export function pyramidShape({ channelIds, numFrames }: Pick<RecordingInfo, 'channelIds' | 'numFrames'>): PyramidShape {
  const channels = channelIds.length;
  const samples = channels * numFrames.reduce((sum, frames) => sum + frames, 0);
  let finest = FINEST;
  while ((samples / finest) * 4 * (4 / 3) > MOST_BYTES && finest < CHUNK_FRAMES) finest *= 2;
  const levels: number[] = [];
  for (let level = finest; level < CHUNK_FRAMES; level *= 4) levels.push(level);
  return { channels, numFrames, levels: [...levels, CHUNK_FRAMES] };
}

/** The level that columns of `framesAColumn` frames are made of, if they can be. */
export function levelFor({ levels }: PyramidShape, framesAColumn: number): number | undefined {
  return levels.findLast((level) => framesAColumn % level === 0);
}

export function chunksIn({ numFrames }: PyramidShape, segment: number): number {
  return Math.ceil((numFrames[segment] ?? 0) / CHUNK_FRAMES);
}

export function pageOf(chunk: number): number {
  return Math.floor(chunk / PAGE_CHUNKS);
}

/** Chunks in a page; fewer in the last. */
export function chunksInPage(shape: PyramidShape, segment: number, page: number): number {
  return Math.max(0, Math.min(PAGE_CHUNKS, chunksIn(shape, segment) - page * PAGE_CHUNKS));
}

/** Least and greatest samples; in memory that all threads share. value = number * scale, in the recording's own unit. */
export interface PageData {
  readonly chunks: number;
  /** [chunks][channels] */
  readonly scales: Float32Array;
  /** By frames a column: [chunks][columns][channels][min, max] */
  readonly levels: ReadonlyMap<number, Int16Array>;
}

export function newPage({ channels, levels }: PyramidShape, chunks: number): PageData {
  return {
    chunks,
    scales: new Float32Array(new SharedArrayBuffer(4 * chunks * channels)),
    levels: new Map(levels.map((level) => [level, newLevel(chunks, channels, level)])),
  };
}

function newLevel(chunks: number, channels: number, level: number): Int16Array<SharedArrayBuffer> {
  return new Int16Array(new SharedArrayBuffer(4 * chunks * (CHUNK_FRAMES / level) * channels));
}
