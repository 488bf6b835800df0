import { relay } from '../compute/relay.ts';
import type { Progress } from '../shared/progress.ts';
import { type CommitOptions, commitFolder } from '../store/folder.ts';

/** commitFolder for a job that tells its progress: the folder is there whole when it has ended, else not at all. */
export async function* commitWith<T>(
  target: string,
  build: (partial: string) => AsyncGenerator<Progress, T>,
  options: CommitOptions = {},
): AsyncGenerator<Progress, T> {
  const progress = relay<Progress>();
  const committed = commitFolder(
    target,
    async (partial) => {
      const running = build(partial);
      let step = await running.next();
      while (!step.done) {
        progress.push(step.value);
        step = await running.next();
      }
      return step.value;
    },
    options,
  );
  committed.then(progress.end, progress.fail);
  yield* progress.values();
  return await committed;
}
