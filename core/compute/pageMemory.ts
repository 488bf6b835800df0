import type { PageData } from './pyramidShape.ts';

/** A page of a node as it is known now: its data grow while it is made, or as levels are read from its file. */
export interface Page {
  readonly name: string;
  data: PageData;
  /** [chunks] 1: it is in all levels there are in `data` */
  readonly filled: Uint8Array;
  /** It has a file, so that levels it does not have here can be read. */
  stored: boolean;
}

/** The pages used last, of all nodes, up to so many bytes. Whoever works on a page holds it besides. */
export class PageMemory {
  readonly #pages = new Map<string, Page>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(name: string): Page | undefined {
    const page = this.#pages.get(name);
    if (page) this.keep(page);
    return page;
  }

  keep(page: Page): void {
    this.#pages.delete(page.name);
    this.#pages.set(page.name, page);
    if (page.data.levels.size === 0) return;
    let bytes = 0;
    for (const one of this.#pages.values()) bytes += bytesOf(one.data);
    for (const [oldest, one] of this.#pages) {
      if (bytes <= this.#limit || one === page) return;
      this.#pages.delete(oldest);
      bytes -= bytesOf(one.data);
    }
  }
}

function bytesOf({ scales, levels }: PageData): number {
  let bytes = scales.byteLength;
  for (const level of levels.values()) bytes += level.byteLength;
  return bytes;
}
