import type { Method } from '../shared/rpc.ts';

/** A method that only has an answer: nothing to tell on the way. */
export function answer<Args, Result>(
  reply: (args: Args, signal: AbortSignal) => Promise<Result> | Result,
): Method<Args, never, Result> {
  // biome-ignore lint/correctness/useYield: a method is a generator
  return async function* (args, signal) {
    return await reply(args, signal);
  };
}
