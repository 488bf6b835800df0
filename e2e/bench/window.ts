import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { drive } from './desk.ts';
import { npx384, SECONDS } from './npx384.ts';
import { startBench } from './start.ts';

const CHANNELS = 384;
/** SPIKEDESK_BENCH_STEPS: fewer, to try it. */
const STEPS = Number(process.env.SPIKEDESK_BENCH_STEPS ?? 200);

interface Limit {
  readonly name: string;
  /** As the driver tells it. */
  readonly figure: string;
  readonly unit: string;
  readonly limit: number;
}

const ms = (name: string, limit: number, figure = name): Limit => ({ name, figure, unit: 'ms', limit });

const limits: readonly Limit[] = [
  ms('open to first traces', 1000, 'open'),
  ...['filtered', 'raw'].flatMap((node) => [
    ...['image', 'lines'].flatMap((way) => [
      ms(`${node} as ${way}, cold, p50`, 200),
      ms(`${node} as ${way}, cold, p95`, 350),
      ms(`${node} as ${way}, warm, p50`, 50),
      ms(`${node} as ${way}, warm, p95`, 100),
    ]),
    ms(`${node}, wide, first picture`, 300),
  ]),
  ms('longest task of the page', 50, 'task'),
  ms('longest stall of the main process', 50, 'stall'),
];
const BYTES = 'bytes to the page a step';

/** The traces of a Neuropixels probe in the real window: 1920x1200, software GL, the file in the page cache. */
export const windowBench: Bench = {
  name: 'window',
  rows: [
    ...limits.map(({ name, unit }) => ({ name, unit, goal: 1, limit: 'most' as const })),
    { name: BYTES, unit: 'MB', goal: 1, limit: 'most' },
    ...startBench.rows,
  ],
  async *run(place) {
    const folder = join(await npx384(place), 'recording');
    const told = await drive('windowDriver', [folder, String(SECONDS), String(STEPS)]);
    const figure = (name: string) => {
      const values = told.flatMap((one) => (one.name === name ? [one.value] : []));
      if (values.length === 0) throw new Error(`the driver told no "${name}"`);
      return Math.max(...values);
    };
    for (const { name, figure: of, limit } of limits) yield { name, ours: figure(of), peer: limit };
    yield { name: BYTES, ours: figure('bytes') / 1e6, peer: (2 * figure('width') * CHANNELS * 4) / 1e6 };
    yield* startBench.run(place);
  },
};
