import type { Api } from '../../core/shared/api.ts';
import { isAbort } from '../../core/shared/errors.ts';
import type { Client } from '../../core/shared/rpc.ts';
import type { Answer, Ask } from '../views/view.ts';
import { type Asked, type Cached, keyOf, toError } from './asked.ts';
import type { Cache } from './cache.ts';
import { fetchAnswer } from './fetchAnswer.ts';

/** A question whose answer comes as a whole. A new one cancels the one before; answers are shared through the cache. */
export class WholeAsked implements Asked {
  answer: Answer | undefined;
  error: Error | undefined;
  readonly partial = false;
  #key = '';
  #asking: AbortController | undefined;
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
    this.#asking?.abort();
    this.#asking = undefined;
  }

  ask(ask: Ask): void {
    if (ask.method === 'traces') throw new Error('traces come tile by tile');
    const key = keyOf(ask);
    if (this.#key === key) return;
    this.dispose();
    this.error = undefined;
    this.#key = key;
    const known = this.#cache.get(key);
    if (known && 'method' in known) {
      this.answer = known;
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    const settle = (change: () => void) => {
      if (this.#asking !== asking) return; // another question has taken its place
      this.#asking = undefined;
      change();
      this.#onChange();
    };
    fetchAnswer(this.#client, ask, asking.signal).then(
      (answer) => {
        this.#cache.set(key, answer);
        settle(() => {
          this.answer = answer;
        });
      },
      (error: unknown) =>
        settle(() => {
          if (!isAbort(error)) this.error = toError(error);
        }),
    );
  }
}
