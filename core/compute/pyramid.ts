import { join } from 'node:path';
import type { TraceTile } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { isAbort } from '../shared/errors.ts';
import type { ChainSpeed } from './chainSpeed.ts';
import type { Page, PageMemory } from './pageMemory.ts';
import {
  type FillArgs,
  type LoadArgs,
  type LoadedPage,
  type PagePlace,
  type PageTilesArgs,
  pageName,
  type StoreArgs,
} from './pyramidJob.ts';
import { chunksInPage, newPage, PAGE_CHUNKS, type PyramidShape, pyramidShape } from './pyramidShape.ts';
import type { TileNode } from './tileNode.ts';
import type { Worked } from './tilesJob.ts';

export interface PyramidPlace {
  readonly compute: Compute;
  readonly memory: PageMemory;
  /** Where nodes have their folders; left out: pages are kept in memory only. */
  readonly root?: string;
  /** A page could not be written: none will be tried any more. */
  onFull(error: unknown): void;
}

/** What all folders may hold besides the one in use, which adds a gigabyte at most. */
const OTHERS_BYTES = 3e9;

/** The coarse levels of one node: made chunk by chunk, kept in memory and on disk. */
export class Pyramid {
  readonly node: TileNode;
  readonly shape: PyramidShape;
  readonly speed: ChainSpeed;
  readonly #place: PyramidPlace;
  readonly #folder: string | undefined;
  /** Files there are. */
  #files: Promise<Set<string>> | undefined;
  #writes = true;
  readonly #writing = new Set<Promise<void>>();

  constructor(node: TileNode, speed: ChainSpeed, place: PyramidPlace) {
    this.node = node;
    this.speed = speed;
    this.shape = pyramidShape(node.info);
    this.#place = place;
    this.#folder = place.root === undefined ? undefined : join(place.root, node.key.slice(0, 32));
  }

  /** Pages are kept where they outlive the memory. */
  get lasting(): boolean {
    return this.#folder !== undefined && this.#writes;
  }

  /** The pages firstPage ≤ page < endPage, with `level` as far as they have it: in memory or read from their files. */
  async pages(
    segment: number,
    [firstPage, endPage]: readonly [number, number],
    level: number,
    signal: AbortSignal,
  ): Promise<Map<number, Page>> {
    const found = new Map<number, Page>();
    for (let page = firstPage; page < endPage; page++) found.set(page, await this.page(segment, page));
    const toRead = [...found].filter(([, { stored, data }]) => stored && !data.levels.has(level));
    const files = await this.#list();
    const parts = Math.min(this.#place.compute.size, Math.ceil(toRead.length / 8));
    const onItem = ({ page, data }: LoadedPage) => {
      const one = found.get(page);
      if (!one) return;
      if (data) one.data = { ...data, levels: new Map([...one.data.levels, ...data.levels]) };
      else {
        // Damaged, or taken away by another program: made anew.
        files.delete(pageName(segment, page));
        found.set(page, this.#empty(segment, page, false));
        return;
      }
      this.#place.memory.keep(one);
    };
    await Promise.all(
      Array.from({ length: parts }, (_, i) => {
        const some = toRead.slice(
          Math.floor((i * toRead.length) / parts),
          Math.floor(((i + 1) * toRead.length) / parts),
        );
        const args: LoadArgs = { ...this.#where(segment), level, pages: some.map(([page]) => page) };
        return this.#place.compute.run<LoadArgs, LoadedPage, void>('loadPages', args, {
          signal,
          queue: 'visible',
          onItem,
        });
      }),
    );
    return found;
  }

  /** One page, without reading its file. */
  async page(segment: number, page: number): Promise<Page> {
    const files = await this.#list();
    const name = `${this.node.key} ${pageName(segment, page)}`;
    const known = this.#place.memory.get(name);
    if (known) return known;
    return this.#empty(segment, page, files.has(pageName(segment, page)));
  }

  /** Its data take room once they are read or made. */
  #empty(segment: number, page: number, stored: boolean): Page {
    const chunks = chunksInPage(this.shape, segment, page);
    const name = `${this.node.key} ${pageName(segment, page)}`;
    const data = { chunks, scales: new Float32Array(), levels: new Map<number, Int16Array>() };
    const empty = { name, data, filled: new Uint8Array(chunks).fill(stored ? 1 : 0), stored };
    this.#place.memory.keep(empty);
    return empty;
  }

  /** Reads chunks firstChunk ≤ chunk < endChunk of a page; what is then whole goes to the disk. */
  async fill(
    segment: number,
    page: number,
    into: Page,
    [firstChunk, endChunk]: readonly [number, number],
    signal: AbortSignal,
  ): Promise<void> {
    const { spec, margin } = this.node;
    if (into.data.levels.size === 0) into.data = newPage(this.shape, into.data.chunks);
    this.#place.memory.keep(into);
    const args: FillArgs = { spec, shape: this.shape, margin, segment, page, data: into.data, firstChunk, endChunk };
    this.speed.add(
      await this.#place.compute.run<FillArgs, never, Worked>('fillChunks', args, { signal, queue: 'visible' }),
    );
    into.filled.fill(1, firstChunk, endChunk);
    if (into.filled.every((one) => one === 1)) this.#store(segment, page, into);
  }

  /** Tiles of pages that are there. */
  async makeTiles(args: PageTilesArgs, push: (tile: TraceTile) => void, signal: AbortSignal): Promise<void> {
    await this.#place.compute.run<PageTilesArgs, TraceTile, void>('pageTiles', args, {
      signal,
      queue: 'visible',
      onItem: push,
    });
  }

  /** Chunks of a page that one job reads within about `ms`: stretches of those that are missing. */
  pieces(
    page: Page,
    ms: number,
    [first, end]: readonly [number, number] = [0, PAGE_CHUNKS],
  ): (readonly [number, number])[] {
    const most = this.speed.chunksIn(ms, this.shape.channels, this.node.margin);
    const out: [number, number][] = [];
    for (let chunk = Math.max(0, first); chunk < Math.min(end, page.filled.length); chunk++) {
      if (page.filled[chunk]) continue;
      const last = out.at(-1);
      if (last?.[1] === chunk && chunk - last[0] < most) last[1]++;
      else out.push([chunk, chunk + 1]);
    }
    return out;
  }

  /** When everything that is whole has been written. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #list(): Promise<Set<string>> {
    const { compute, root } = this.#place;
    if (root === undefined || this.#folder === undefined) return Promise.resolve(new Set());
    this.#files ??= compute
      .run<object, never, readonly string[]>(
        'listPages',
        { root, folder: this.#folder, limit: OTHERS_BYTES },
        { queue: 'visible' },
      )
      .then(
        (names) => new Set(names),
        () => new Set(), // a folder that cannot be read is none
      );
    return this.#files;
  }

  #where(segment: number): PagePlace {
    return { folder: this.#folder ?? '', key: this.node.key, shape: this.shape, segment };
  }

  #store(segment: number, page: number, whole: Page): void {
    if (whole.stored || !this.lasting) return;
    const args: StoreArgs = { ...this.#where(segment), page, data: whole.data };
    const writing = this.#place.compute
      .run<StoreArgs, never, void>('storePage', args, { queue: 'visible' })
      .then(async () => {
        whole.stored = true;
        (await this.#list()).add(pageName(segment, page));
      })
      .catch((error: unknown) => {
        if (isAbort(error)) return;
        this.#writes = false;
        this.#place.onFull(error);
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}
