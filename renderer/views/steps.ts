import type { Hit } from './view.ts';

interface WindowAndBin {
  readonly windowMs: number;
  readonly binMs: number;
}

const WINDOWS = [10, 20, 50, 100, 200, 500, 1000, 2000];
const BINS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** The next of the steps: smaller when the wheel is turned away from the user, as when zooming in. */
export function stepped(steps: readonly number[], now: number, turn: number): number {
  const next = turn > 0 ? steps.findLast((step) => step < now) : steps.find((step) => step > now);
  return next ?? now;
}

/** As in phy: the wheel (also with ctrl) changes the window, with alt the bins; never to too few or too many bins. */
export function wheeled<Options extends WindowAndBin>(hit: Hit, turn: number, options: Options): Options {
  const { windowMs, binMs } = options;
  const changed = hit.alt
    ? { ...options, binMs: stepped(BINS, binMs, turn) }
    : { ...options, windowMs: stepped(WINDOWS, windowMs, turn) };
  const bins = changed.windowMs / changed.binMs;
  return turn !== 0 && bins >= 5 && bins <= 2000 ? changed : options;
}
