import { join } from 'node:path';
import type { TraceTile } from '../shared/api.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { limitTileFolders, openTileFolder } from '../store/tileFolders.ts';
import { readTileFile, writeTileFile } from '../store/tileStore.ts';
import { breathe } from './breathe.ts';
import { framesOf, readColumns } from './columns.ts';
import { withOpened } from './opened.ts';
import { putChunk } from './pyramidChunk.ts';
import { CHUNK_FRAMES, chunksInPage, PAGE_CHUNKS, type PageData, type PyramidShape } from './pyramidShape.ts';
import { columnsOfPages } from './pyramidTile.ts';
import { type TileRows, tilesOf } from './tiles.ts';
import type { Worked } from './tilesJob.ts';
import { wholeRange } from './wholeNumbers.ts';

/** Where pages of a node lie; left out: nowhere. */
export interface PagePlace {
  /** Of this node. */
  readonly folder: string;
  /** TileNode.key */
  readonly key: string;
  readonly shape: PyramidShape;
  readonly segment: number;
}

export interface FillArgs {
  readonly spec: RecordingSpec;
  readonly shape: PyramidShape;
  readonly margin: number;
  readonly segment: number;
  readonly page: number;
  /** Shared: written in place. */
  readonly data: PageData;
  /** firstChunk ≤ chunk < endChunk, within the page. */
  readonly firstChunk: number;
  readonly endChunk: number;
}

async function* fillChunks(args: FillArgs, signal: AbortSignal): AsyncGenerator<never, Worked> {
  const { shape, segment, page, data, firstChunk, endChunk, margin } = args;
  const began = performance.now();
  const finest = shape.levels[0]!;
  const inChunk = CHUNK_FRAMES / finest;
  const first = (page * PAGE_CHUNKS + firstChunk) * inChunk;
  const range = {
    segment,
    framesAColumn: finest,
    firstColumn: first,
    endColumn: first + (endChunk - firstChunk) * inChunk,
  };
  await withOpened(args.spec, async (recording) => {
    const found = await readColumns(recording, range, margin, signal);
    const whole = wholeRange(recording.info.dtype) !== undefined;
    for (let chunk = firstChunk; chunk < endChunk; chunk++)
      putChunk(shape, data, chunk, found, (chunk - firstChunk) * inChunk, whole);
  });
  const { startFrame, endFrame } = framesOf(range, shape.numFrames[segment] ?? 0);
  return { samples: (endFrame - startFrame + 2 * margin) * shape.channels, ms: performance.now() - began };
}

export interface PageTilesArgs {
  readonly rows: TileRows;
  /** Of the segment. */
  readonly numFrames: number;
  readonly framesAColumn: number;
  readonly level: number;
  readonly tiles: readonly number[];
  readonly pages: ReadonlyMap<number, PageData>;
}

async function* pageTiles(args: PageTilesArgs, signal: AbortSignal): AsyncGenerator<TraceTile, void> {
  const { rows, pages, numFrames, tiles } = args;
  for (const tile of tiles) {
    await breathe(signal);
    yield* tilesOf(rows, columnsOfPages(pages, rows.channels.length, numFrames, { ...args, tile }), { tile });
  }
}

export interface LoadArgs extends PagePlace {
  readonly level: number;
  readonly pages: readonly number[];
}

export interface LoadedPage {
  readonly page: number;
  /** With one level; left out: it was not there, or damaged. */
  readonly data?: PageData;
}

async function* loadPages(args: LoadArgs, signal: AbortSignal): AsyncGenerator<LoadedPage, void> {
  const { shape, segment, level } = args;
  for (const [i, page] of args.pages.entries()) {
    if (i % 8 === 0) await breathe(signal);
    const chunks = chunksInPage(shape, segment, page);
    const shared = (bytes: number) => new Uint8Array(new SharedArrayBuffer(bytes));
    const found = readTileFile(pageFile(args, page), pageId(args, page), ['scales', String(level)], shared);
    const scales = found?.get('scales');
    const data = found?.get(String(level));
    const fits =
      scales?.byteLength === 4 * chunks * shape.channels &&
      data?.byteLength === 4 * chunks * (CHUNK_FRAMES / level) * shape.channels;
    if (!fits) yield { page };
    else
      yield {
        page,
        data: {
          chunks,
          scales: new Float32Array(scales.buffer),
          levels: new Map([[level, new Int16Array(data.buffer)]]),
        },
      };
  }
}

export interface StoreArgs extends PagePlace {
  readonly page: number;
  readonly data: PageData;
}

// biome-ignore lint/correctness/useYield: it has nothing to tell on the way
async function* storePage(args: StoreArgs): AsyncGenerator<never, void> {
  const { scales, levels } = args.data;
  const sections = new Map([['scales', bytesOf(scales)]]);
  for (const [level, data] of levels) sections.set(String(level), bytesOf(data));
  writeTileFile(pageFile(args, args.page), pageId(args, args.page), sections);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function pageFile({ folder, segment }: PagePlace, page: number): string {
  return join(folder, pageName(segment, page));
}

export function pageName(segment: number, page: number): string {
  return `${segment}-${page}.tiles`;
}

function pageId({ key, shape, segment }: PagePlace, page: number) {
  const { channels, levels } = shape;
  return { key, segment, page, chunks: chunksInPage(shape, segment, page), channels, levels };
}

/** Names of the files there are; makes room for more. */
// biome-ignore lint/correctness/useYield: it has nothing to tell on the way
async function* listPages(args: {
  readonly root: string;
  readonly folder: string;
  readonly limit: number;
}): AsyncGenerator<never, readonly string[]> {
  await limitTileFolders(args.root, args.folder, args.limit).catch(notThere);
  return (await openTileFolder(args.folder).catch(notThere)) ?? [];
}

function notThere(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

export const pyramidJobs = { fillChunks, pageTiles, loadPages, storePage, listPages };
