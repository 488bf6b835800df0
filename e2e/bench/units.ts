import { phySession } from './answers.ts';
import type { Bench } from './bench.ts';
import { drive } from './desk.ts';

/** SPIKEDESK_BENCH_STEPS: fewer, to try it. */
const PAIRS = Math.min(30, Number(process.env.SPIKEDESK_BENCH_STEPS ?? 30));

const limits = [
  { name: 'two units selected, all views drawn, median', figure: 'pair', unit: 'ms', peer: 300, limit: 'most' },
  { name: 'frames a second while the table scrolls', figure: 'scroll', unit: '', peer: 60, limit: 'least' },
  { name: 'memory of the process tree', figure: 'memory', unit: 'MB', peer: 2000, limit: 'most' },
] as const;

/** 1,000 units and 3 million spikes in the real window: 1920x1200, software GL. */
export const unitsBench: Bench = {
  name: 'units',
  rows: limits.map(({ name, unit, limit }) => ({ name, unit, goal: 1, limit })),
  async *run(place) {
    const told = await drive('unitsDriver', [phySession(place), String(PAIRS)]);
    for (const { name, figure, peer } of limits) {
      const found = told.find((one) => one.name === figure);
      if (found) yield { name, ours: found.value, peer };
    }
  },
};
