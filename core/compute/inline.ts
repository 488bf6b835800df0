import type { Compute, RunOptions } from '../shared/compute.ts';
import type { AnyMethod } from '../shared/rpc.ts';
import { jobs } from './jobs.ts';
import { runPass } from './pass.ts';

/** The same jobs in the calling thread: for tests and small tools. `size`: how many stretches a pass has. */
export function inlineCompute(size = 2): Compute {
  const methods: Readonly<Record<string, AnyMethod>> = jobs;
  const compute: Compute = {
    size,
    async run<Args, Item, Result>(job: string, args: Args, options: RunOptions<Item> = {}): Promise<Result> {
      const method = methods[job];
      if (!method) throw new Error(`no job "${job}"`);
      const signal = options.signal ?? new AbortController().signal;
      const running = method(args, signal);
      let step = await running.next();
      while (!step.done) {
        options.onItem?.(step.value);
        step = await running.next();
      }
      return step.value;
    },
    pass: (args, signal) => runPass(compute, args, signal),
  };
  return compute;
}
