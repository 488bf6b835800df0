import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPool } from '../../core/compute/pool.ts';
import { open } from '../../core/open.ts';
import { parseParams } from '../../core/shared/entry.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import type { Sorting } from '../../core/shared/sorting.ts';
import { spikedesk } from '../../core/sorters/spikedesk.ts';
import { writeSiSorting } from '../../core/store/siSorting.ts';
import { sharedFolder } from '../conformance/place.ts';
import type { Bench, BenchPlace } from './bench.ts';

const sets = ['tetrode4', 'easy32'];
/** What the sorter must hold: so "peer" is the limit here, and the ratio how far below it we are. */
const limits = [
  { name: 'spikes wrong (1 - mean accuracy)', unit: '', limit: 0.15 },
  { name: 'time', unit: 's', limit: 60 },
  { name: 'peak memory', unit: 'MB', limit: 1000 },
];

/** Our sorter with its defaults on made recordings of two minutes with known spikes, judged by SpikeInterface. */
export const sorterBench: Bench = {
  name: 'sorter',
  rows: sets.flatMap((set) => limits.map(({ name, unit }) => ({ name: `${set}, ${name}`, unit, goal: 1 }))),
  async *run(place) {
    const { python, scratch } = place;
    const shared = sharedFolder(fileURLToPath(new URL('..', place.dist)));
    if (!python) throw new Error('no SpikeInterface to judge: SPIKEDESK_ORACLES/si105/bin/python');
    if (!shared) throw new Error('no ../shared/bench/sorter_bench.py to make the recordings with');
    const scripts = join(shared, 'bench');
    const data = join(tmpdir(), 'spikedesk-sorter-bench');
    for (const set of sets) {
      if (!existsSync(join(data, set, 'truth.json')))
        execFileSync(python, [join(scripts, 'sorter_bench.py'), 'make', data, '--only', set], { stdio: 'ignore' });
      const { sorting, seconds, megabytes } = await sorted(join(data, set, 'recording'), place);
      const result = join(scratch, set);
      await writeSiSorting(result, sorting);
      const judge = fileURLToPath(new URL('../e2e/bench/sorter.py', place.dist));
      const said = execFileSync(python, [judge, scripts, join(data, set), result], { encoding: 'utf8' });
      const { mean_accuracy: accuracy } = JSON.parse(said.trim().split('\n').at(-1)!);
      const figures = [1 - accuracy, seconds, megabytes];
      for (const [i, { name, limit }] of limits.entries())
        yield { name: `${set}, ${name}`, ours: figures[i]!, peer: limit };
    }
  },
};

async function sorted(folder: string, { dist }: BenchPlace) {
  const recording: RecordingSpec = { format: 'spikeinterface_binary', paths: [folder], params: {} };
  const opened = await open(recording);
  const { info } = opened;
  opened.close();
  const pool = openPool({ worker: new URL('worker.mjs', dist) });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  try {
    const start = performance.now();
    const args = { recording, info, params: parseParams(spikedesk, 'sorter', {}), compute: pool };
    const sorting = await end(spikedesk.run(args, new AbortController().signal));
    return { sorting, seconds: (performance.now() - start) / 1000, megabytes: peak / 1e6 };
  } finally {
    clearInterval(watch);
    await pool.close();
  }
}

async function end(run: AsyncGenerator<unknown, Sorting>): Promise<Sorting> {
  let step = await run.next();
  while (!step.done) step = await run.next();
  return step.value;
}
