import type { Bench } from './bench.ts';
import { drive } from './desk.ts';

const STARTS = 5;
const CANCELS = 20;

const limits = [
  { name: 'start to the welcome page, most of 5', figure: 'start', peer: 2000 },
  { name: 'cancel to idle, most of 20', figure: 'cancel', peer: 500 },
] as const;

/** The real window, as an ordinary user: starts after the first, and cancels at random moments of a run. */
export const startBench: Bench = {
  name: 'start',
  rows: limits.map(({ name }) => ({ name, unit: 'ms', goal: 1, limit: 'most' })),
  async *run() {
    const told = await drive('startDriver', [String(STARTS), String(CANCELS)]);
    for (const { name, figure, peer } of limits) {
      const found = told.find((one) => one.name === figure);
      if (found) yield { name, ours: found.value, peer };
    }
  },
};
