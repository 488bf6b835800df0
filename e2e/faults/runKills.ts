import { readdirSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { extensions } from '../../core/analyzer/extensions/index.ts';
import type { FaultCase } from './faultCase.ts';
import { makeSmallSession, startCli } from './smallSession.ts';
import { visibleFiles } from './tree.ts';

/** They tell when and how fast they were made. */
const TIMED = /(^|\/)(run_info|spikedesk)\.json$/;

type Files = ReadonlyMap<string, string>;

/** What is run: from `start` to `end`. A result is absent or one of the two. */
interface Road {
  readonly start: string;
  readonly before: Files;
  readonly end: Files;
  readonly ms: number;
}

/** kill -9 at random moments of `spikedesk run`; after each, what is there is looked at and the run started again. */
export const runKills: FaultCase = {
  name: 'run kills',
  promise:
    'kill -9 of a run: each result is absent, old or new; the next run finishes with the files of an unbroken run',
  runs: { short: 20, full: 1000 },
  async *run({ random, scratch, note }, runs) {
    const folder = join(scratch, "session o'dd #1 größe"); // one place: some files name their folder
    const file = join(folder, 'session.json');
    const start = () => startCli(['run', file], join(scratch, 'home'));

    /** Runs what lies in `folder` unbroken. */
    const measured = async (name: string): Promise<Road> => {
      const begun = join(scratch, name);
      await cp(folder, begun, { recursive: true, preserveTimestamps: true });
      const before = performance.now();
      const { code, errors } = await start().ended;
      if (code !== 0) throw new Error(`an unbroken run fails: ${errors}`);
      return { start: begun, before: visibleFiles(begun), end: visibleFiles(folder), ms: performance.now() - before };
    };
    await makeSmallSession(folder);
    const fromNothing = await measured('from nothing');
    await askForFewerSpikes(file);
    const anew = await measured('anew');

    let finished = 0;
    for (let kills = 0; kills < runs; finished++) {
      const road = finished % 2 === 0 ? fromNothing : anew;
      await rm(folder, { recursive: true, force: true });
      await cp(road.start, folder, { recursive: true, preserveTimestamps: true });
      const last = Math.min(runs, kills + 5);
      for (let isOver = false; !isOver; ) {
        const run = start();
        // After its five kills a run is left to finish.
        const moment = kills < last ? wait(random.uniform() * road.ms).then(() => false) : new Promise<false>(() => {});
        isOver = await Promise.race([run.ended.then(() => true), moment]);
        run.process.kill('SIGKILL');
        const { code, errors } = await run.ended;
        if (!isOver) kills++;
        else if (code !== 0) yield `after ${kills} kills the run fails: ${errors}`;
        const wrong = await difference(folder, isOver ? [road.end] : [road.before, road.end]);
        if (wrong !== undefined) yield `${isOver ? 'finished after' : 'at'} kill ${kills}: ${wrong}`;
      }
      const left = ['', 'analyzer'].flatMap((name) => readdirSync(join(folder, name)).filter(isLeftover));
      if (left.length > 0) yield `a run after kills leaves ${left.join(', ')}`;
    }
    note(`${finished} runs finished after kills, every second one of an analyzer that is partly computed anew`);
  },
};

/** Another param of what most of the analyzer depends on. */
async function askForFewerSpikes(file: string): Promise<void> {
  const session = JSON.parse(await readFile(file, 'utf8'));
  const params = (name: string) => (name === 'random_spikes' ? { max_spikes_per_unit: 10 } : {});
  session.analyzer = {
    ...session.analyzer,
    extensions: extensions.map(({ name }) => ({ name, params: params(name) })),
  };
  await writeFile(file, JSON.stringify(session));
}

const isLeftover = (name: string) => /^\..*\.(partial|old|gone)-/.test(name);

/** Files that belong together: an extension of the session's analyzer, else what lies in one folder of the session. */
function resultOf(path: string): string {
  return /^analyzer\/extensions\/[^/]+/.exec(path)?.[0] ?? path.split('/')[0]!;
}

/** What is of none of the versions, or of two at once. With one version nothing may be missing. */
async function difference(folder: string, versions: readonly Files[]): Promise<string | undefined> {
  const found = visibleFiles(folder);
  for (const path of found.keys())
    if (TIMED.test(path)) await readFile(join(folder, path), 'utf8').then((text) => JSON.parse(text));
  const all = versions.flatMap((version) => [...version.keys()]);
  for (const result of new Set([...found.keys(), ...all].map(resultOf))) {
    const ours = listed(found, result);
    if (ours === '' && versions.length > 1 && !versions.every((version) => version.has(result))) continue;
    if (!versions.some((version) => listed(version, result) === ours))
      return `${result} is neither old nor new:\n${ours}`;
  }
  return undefined;
}

function listed(files: Files, result: string): string {
  const own = [...files].filter(([path]) => resultOf(path) === result);
  return own
    .map(([path, hash]) => `${path} ${TIMED.test(path) ? '' : hash}`)
    .sort()
    .join('\n');
}
