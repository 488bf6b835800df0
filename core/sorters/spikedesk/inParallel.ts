import type { Progress } from '../../shared/progress.ts';

/** Runs `run` for 0 to count - 1, `atOnce` at a time; results in that order, whatever ends first. */
export async function* inParallel<T>(
  count: number,
  atOnce: number,
  stage: string,
  unit: string,
  run: (index: number) => Promise<T>,
): AsyncGenerator<Progress, T[]> {
  const results = new Array<T>(count);
  const running = new Map<number, Promise<number>>();
  let next = 0;
  let done = 0;
  yield { stage, done, of: count, unit };
  while (done < count) {
    while (next < count && running.size < atOnce) {
      const index = next++;
      running.set(
        index,
        run(index).then((result) => {
          results[index] = result;
          return index;
        }),
      );
    }
    running.delete(await Promise.race(running.values()));
    yield { stage, done: ++done, of: count, unit };
  }
  return results;
}
