import type { Progress } from '../shared/progress.ts';

/**
 * Time left of the stage that is running, from how far it came since it began. Undefined while there is too little
 * to go by. `now`: a monotonic clock, ms.
 */
export function secondsLeftOf(now: () => number = () => performance.now()): (progress: Progress) => number | undefined {
  let stage = '';
  let startedAt = 0;
  let startedWith = 0;
  return ({ stage: current, done, of }) => {
    if (current !== stage || done < startedWith) {
      stage = current;
      startedAt = now();
      startedWith = done;
    }
    const seconds = (now() - startedAt) / 1000;
    const came = done - startedWith;
    if (seconds < 1 || came <= 0) return undefined;
    return Math.max(0, ((of - done) * seconds) / came);
  };
}
