import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi } from '../../core/api/index.ts';
import { openPool } from '../../core/compute/pool.ts';
import type { Api, UnitTable } from '../../core/shared/api.ts';
import { random } from '../../core/shared/random.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { sharedFolder } from '../conformance/place.ts';
import { type Bench, type BenchPlace, timed } from './bench.ts';

const PAIRS = 30;
const never = new AbortController().signal;

/** What the views ask when two units are chosen, one by one. */
const methods: Readonly<Record<string, (api: Api, unitIds: readonly UnitId[]) => AsyncGenerator<unknown, unknown>>> = {
  waveforms: (api, unitIds) => api.waveforms({ unitIds, maxSpikes: 100 }, never),
  correlograms: (api, unitIds) => api.correlograms({ unitIds, windowMs: 50, binMs: 1 }, never),
  isi: (api, unitIds) => api.isi({ unitIds, windowMs: 50, binMs: 1 }, never),
  rates: (api, unitIds) => api.rates({ unitIds, bins: 600 }, never),
  amplitudes: (api, unitIds) => api.amplitudes({ unitIds, maxSpikes: 5000 }, never),
  similar: (api, unitIds) => api.similar({ unitId: unitIds[1]!, most: 100 }, never),
  sparsity: (api, unitIds) => api.sparsity({ unitId: unitIds[1]! }, never),
  places: (api) => api.places(undefined, never),
  spikes: (api, unitIds) => api.spikes({ unitIds, segment: 0, startFrame: 3e7, endFrame: 3.003e7 }, never),
  nextSpike: (api, unitIds) => api.nextSpike({ unitIds, segment: 0, frame: 3e7, direction: 'next' }, never),
};

/** "peer" is the limit: the ratio is how far below it we are. */
const limits: Readonly<Record<string, { readonly unit: string; readonly limit: number }>> = {
  'open and first table of units': { unit: 's', limit: 2 },
  'first choice, all answers': { unit: 'ms', limit: 300 },
  'two units chosen, all answers': { unit: 'ms', limit: 100 },
  'the two largest units, all answers': { unit: 'ms', limit: 100 },
  ...Object.fromEntries(Object.keys(methods).map((name) => [name, { unit: 'ms', limit: 50 }])),
  'table after a merge': { unit: 'ms', limit: 150 },
  'peak memory': { unit: 'MB', limit: 1000 },
};

/** A phy folder of 1,000 units and 3 million spikes, over the Api with the real workers. */
export const answersBench: Bench = {
  name: 'answers',
  rows: Object.entries(limits).map(([name, { unit }]) => ({ name, unit, goal: 1 })),
  async *run(place) {
    const measured = (name: string, ours: number) => ({ name, ours, peer: limits[name]!.limit });
    const folder = sessionFolder(place);
    const pool = openPool({ worker: new URL('worker.mjs', place.dist) });
    const api = createApi({ pool, dataFolder: join(place.scratch, 'data'), version: 'bench' });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    try {
      let table: UnitTable = { unitIds: [], columns: [] };
      const [opening = 0] = await timed(1, async () => {
        await done(api.open({ kind: 'sorting', format: 'phy', path: folder }, never));
        table = await done(api.units(undefined, never));
      });
      yield measured('open and first table of units', opening);
      const draw = random(1);
      const { unitIds } = table;
      const pairs = Array.from({ length: PAIRS }, () => [
        unitIds[draw.integer(500)]!,
        unitIds[500 + draw.integer(500)]!,
      ]);
      const all = (pair: readonly UnitId[]) => Promise.all(Object.values(methods).map((ask) => done(ask(api, pair))));
      const [first = 0] = await timed(1, () => all(pairs[0]!));
      yield measured('first choice, all answers', 1000 * first);
      for (let i = 0; i < 4; i++) await all(pairs[0]!); // both workers have read everything
      const milliseconds = async (work: (pair: readonly UnitId[]) => Promise<unknown>) => {
        const seconds: number[] = [];
        for (const pair of pairs) seconds.push(...(await timed(1, () => work(pair))));
        return 1000 * median(seconds);
      };
      yield measured('two units chosen, all answers', await milliseconds(all));
      const largest = largestOf(table).slice(0, 2);
      yield measured('the two largest units, all answers', 1000 * median(await timed(5, () => all(largest))));
      for (const [name, ask] of Object.entries(methods))
        yield measured(name, await milliseconds((pair) => done(ask(api, pair))));
      const afterMerge: number[] = [];
      for (const pair of pairs.slice(0, 5)) {
        await done(api.curate({ type: 'merge', unitIds: pair }, never));
        afterMerge.push(...(await timed(1, () => done(api.units(undefined, never)))));
        await done(api.curate({ type: 'undo' }, never));
      }
      yield measured('table after a merge', 1000 * median(afterMerge));
      yield measured('peak memory', peak / 1e6);
    } finally {
      clearInterval(watch);
      await api.dispose();
      await pool.close();
    }
  },
};

/** Links to the files of a session that is made once: what the run writes stays in its own folder. */
function sessionFolder(place: BenchPlace): string {
  const made = phySession(place);
  const folder = join(place.scratch, 'phy');
  mkdirSync(folder);
  for (const name of readdirSync(made)) symlinkSync(join(made, name), join(folder, name));
  return folder;
}

/** A phy folder of 1,000 units and 3 million spikes, made once. */
export function phySession({ dist, python }: BenchPlace): string {
  const made = join(tmpdir(), 'spikedesk-answers-bench');
  if (existsSync(join(made, 'params.py'))) return made;
  const shared = sharedFolder(fileURLToPath(new URL('..', dist)));
  if (!python || !shared) throw new Error('no numpy or no ../shared/bench/make_phy_session.py to make a session with');
  const script = join(shared, 'bench', 'make_phy_session.py');
  const args = ['--spikes', '3000000', '--clusters', '1000', '--no-raw', '--no-features'];
  execFileSync(python, [script, made, ...args], { stdio: 'ignore' });
  return made;
}

async function done<Result>(running: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await running.next();
    if (step.done) return step.value;
  }
}

function largestOf({ unitIds, columns }: UnitTable): UnitId[] {
  const spikes = columns.find(({ name }) => name === 'num_spikes')!.values;
  return [...unitIds.keys()].sort((a, b) => Number(spikes[b]) - Number(spikes[a])).map((row) => unitIds[row]!);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
