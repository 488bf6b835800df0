import type { Api } from '../../core/shared/api.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Answer, Ask, Data, Query } from '../views/view.ts';
import type { Asked, Cached } from './asked.ts';
import type { Cache } from './cache.ts';
import { PreviewAsked } from './previewAsked.ts';
import { TilesAsked } from './tilesAsked.ts';
import { WholeAsked } from './wholeAsked.ts';

/**
 * Keeps the answers to what a view needs. A new question takes the place of the one before of the same name; its old
 * answer stays until the new one is there. Answers are shared by all views through the cache.
 */
export class Asker {
  readonly #slots = new Map<string, { readonly method: Ask['method']; readonly asked: Asked }>();
  readonly #client: Client<Api>;
  readonly #cache: Cache<Cached>;
  readonly #onChange: () => void;

  constructor(client: Client<Api>, cache: Cache<Cached>, onChange: () => void) {
    this.#client = client;
    this.#cache = cache;
    this.#onChange = onChange;
  }

  /** Asks what is not there yet and forgets what is not needed any more. */
  update(query: Query): void {
    for (const [name, { method, asked }] of this.#slots)
      if (!Object.hasOwn(query, name) || query[name]?.method !== method) {
        asked.dispose();
        this.#slots.delete(name);
      }
    for (const [name, ask] of Object.entries(query)) {
      const slot = this.#slots.get(name) ?? { method: ask.method, asked: this.#slot(ask) };
      this.#slots.set(name, slot);
      slot.asked.ask(ask);
    }
  }

  get answers(): Data {
    const data: Record<string, Answer> = {};
    for (const [name, { asked }] of this.#slots) if (asked.answer) data[name] = asked.answer;
    return data;
  }

  /** Something asked is not there yet. */
  get waiting(): boolean {
    return [...this.#slots.values()].some(({ asked }) => asked.waiting);
  }

  /** All is there, but some of it as a first, sampled answer; the exact one is on its way. */
  get partial(): boolean {
    return [...this.#slots.values()].some(({ asked }) => asked.partial);
  }

  get error(): Error | undefined {
    return [...this.#slots.values()].find(({ asked }) => asked.error)?.asked.error;
  }

  dispose(): void {
    for (const { asked } of this.#slots.values()) asked.dispose();
    this.#slots.clear();
  }

  #slot({ method }: Ask): Asked {
    const Slot = method === 'traces' ? TilesAsked : method === 'preview' ? PreviewAsked : WholeAsked;
    return new Slot(this.#client, this.#cache, this.#onChange);
  }
}
