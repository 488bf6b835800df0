import { abortError } from '../shared/errors.ts';
import type { AnyMethod } from '../shared/rpc.ts';

/** Whether somebody waits for an answer: what is done ahead of time makes room for them. */
export class Quiet {
  #running = 0;
  #since = performance.now();
  readonly #onCall = new Set<() => void>();

  /** The same method, counted while it runs. */
  counted(method: AnyMethod): AnyMethod {
    const enter = () => this.#enter();
    return async function* (args, signal) {
      const leave = enter();
      try {
        return yield* method(args, signal);
      } finally {
        leave();
      }
    };
  }

  #enter(): () => void {
    this.#running++;
    for (const call of this.#onCall) call();
    return () => {
      this.#running--;
      this.#since = performance.now();
    };
  }

  /** Until nothing was called for `ms`. Keeps no process alive. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) throw abortError();
      const left = this.#running > 0 ? ms : this.#since + ms - performance.now();
      if (left <= 0) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          signal.removeEventListener('abort', end);
          resolve();
        };
        setTimeout(end, left).unref();
        signal.addEventListener('abort', end);
      });
    }
  }

  /** `work`, whose signal aborts when something is called. */
  async interruptible<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const stop = new AbortController();
    const onCall = () => stop.abort(abortError());
    this.#onCall.add(onCall);
    try {
      return await work(AbortSignal.any([signal, stop.signal]));
    } finally {
      this.#onCall.delete(onCall);
    }
  }
}
