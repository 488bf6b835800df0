import type { Api } from '../../core/shared/api.ts';
import { isAbort } from '../../core/shared/errors.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Answer, Ask } from '../views/view.ts';
import { type Asked, type Cached, keyOf, toError } from './asked.ts';
import type { Cache } from './cache.ts';
import { fetchAnswer } from './fetchAnswer.ts';

/** A question that takes longer than this gives way to a newer one, ms. */
const PATIENCE = 400;

/**
 * Questions that come faster than answers, while something is dragged: the one on its way is let arrive and is shown,
 * then the newest is asked. So the picture follows the hand instead of waiting until it rests.
 */
export class PreviewAsked implements Asked {
  answer: Answer | undefined;
  error: Error | undefined;
  readonly partial = false;
  #wanted = '';
  #next: Ask | undefined;
  #asking: { readonly controller: AbortController; readonly since: number } | undefined;
  readonly #client: Client<Api>;
  readonly #cache: Cache<Cached>;
  readonly #onChange: () => void;

  constructor(client: Client<Api>, cache: Cache<Cached>, onChange: () => void) {
    this.#client = client;
    this.#cache = cache;
    this.#onChange = onChange;
  }

  get waiting(): boolean {
    return this.#asking !== undefined;
  }

  dispose(): void {
    this.#next = undefined;
    this.#asking?.controller.abort();
    this.#asking = undefined;
  }

  ask(ask: Ask): void {
    const key = keyOf(ask);
    if (this.#wanted === key) return;
    this.#wanted = key;
    const known = this.#cache.get(key);
    if (known && 'method' in known) {
      this.dispose();
      this.answer = known;
      this.error = undefined;
      return;
    }
    if (this.#asking && performance.now() - this.#asking.since < PATIENCE) this.#next = ask;
    else {
      this.dispose();
      this.#send(ask);
    }
  }

  #send(ask: Ask): void {
    if (ask.method === 'traces') throw new Error('traces come tile by tile');
    const asking = { controller: new AbortController(), since: performance.now() };
    this.#asking = asking;
    const settle = (change: () => void) => {
      if (this.#asking !== asking) return; // it gave way
      this.#asking = undefined;
      change();
      const next = this.#next;
      this.#next = undefined;
      if (next) this.#send(next);
      this.#onChange();
    };
    fetchAnswer(this.#client, ask, asking.controller.signal).then(
      (answer) => {
        this.#cache.set(keyOf(ask), answer);
        settle(() => {
          this.answer = answer;
          this.error = undefined;
        });
      },
      (error: unknown) =>
        settle(() => {
          if (!isAbort(error)) this.error = toError(error);
        }),
    );
  }
}
