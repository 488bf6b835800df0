/** Turns callbacks into an async iteration: `push` values from anywhere, then `end` or `fail` once. */
export interface Relay<T> {
  push(value: T): void;
  end(): void;
  fail(error: unknown): void;
  values(): AsyncGenerator<T, void>;
}

export function relay<T>(): Relay<T> {
  const waiting: T[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const stir = () => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      waiting.push(value);
      stir();
    },
    end() {
      ended = true;
      stir();
    },
    fail(error) {
      failure = { error };
      stir();
    },
    async *values() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()!;
        if (failure) throw failure.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
