import { abortError } from '../shared/errors.ts';

interface Entry<T> {
  readonly value: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
  done: boolean;
}

/** Work that several callers want at once is done once, and stopped when none of them wants it any more. */
export class Shared<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #kept: number;

  /** `kept`: results that stay for who asks later; the last used. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  async get(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw abortError();
    const entry = this.#entries.get(key) ?? this.#begin(key, work);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.waiting++;
    let leave = () => {};
    try {
      const left = new Promise<never>((_, reject) => {
        leave = () => reject(abortError());
        signal.addEventListener('abort', leave, { once: true });
      });
      return await Promise.race([entry.value, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      entry.waiting--;
      if (entry.waiting === 0 && !entry.done) {
        entry.controller.abort(abortError());
        this.#forget(entry);
      }
      for (const [old, { done }] of this.#entries) {
        if (this.#entries.size <= this.#kept) break;
        if (done) this.#entries.delete(old);
      }
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const controller = new AbortController();
    const entry: Entry<T> = { value: work(controller.signal), controller, waiting: 0, done: false };
    this.#entries.set(key, entry);
    entry.value.then(
      () => {
        entry.done = true;
      },
      () => this.#forget(entry), // whoever waits is told; the next one tries again
    );
    return entry;
  }

  #forget(entry: Entry<T>): void {
    for (const [key, other] of this.#entries) if (other === entry) this.#entries.delete(key);
  }
}
