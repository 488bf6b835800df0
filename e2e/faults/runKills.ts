import { readdirSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCase } from './faultCase.ts';
import { makeSmallSession, startCli } from './smallSession.ts';
import { visibleFiles } from './tree.ts';

/** They tell when and how fast they were made. */
const TIMED = /(^|\/)(run_info|spikedesk)\.json$/;

/** kill -9 at random moments of `spikedesk run`; after each, what is there is looked at and the run started again. */
export const runKills: FaultCase = {
  name: 'run kills',
  promise:
    'kill -9 of a run: each result is absent or whole; the next run finishes, its files those of an unbroken run',
  runs: { short: 20, full: 1000 },
  async *run({ random, scratch, note }, runs) {
    const fresh = join(scratch, 'fresh');
    const folder = join(scratch, "session o'dd #1 größe"); // one place: some files name their folder
    const file = join(folder, 'session.json');
    const home = join(scratch, 'home');
    await makeSmallSession(fresh);
    await cp(fresh, folder, { recursive: true });
    const started = performance.now();
    const unbroken = await startCli(['run', file], home).ended;
    const whole = performance.now() - started;
    if (unbroken.code !== 0) throw new Error(`an unbroken run fails: ${unbroken.errors}`);
    const wanted = visibleFiles(folder);
    const given = visibleFiles(fresh);
    let finished = 0;
    let leftovers = 0;
    await restart();
    for (let kills = 0; kills < runs; ) {
      const run = startCli(['run', file], home);
      const isOver = await Promise.race([run.ended.then(() => true), wait(random.uniform() * whole).then(() => false)]);
      run.process.kill('SIGKILL');
      const { code, errors } = await run.ended;
      if (!isOver) kills++;
      else if (code !== 0) yield `after ${kills} kills the run fails: ${errors}`;
      yield* differences(await differing(isOver), isOver ? 'a run after kills' : `kill ${kills}`);
      if (!isOver) continue;
      finished++;
      leftovers += readdirSync(folder).filter((name) => /^\..*\.(partial|old)-/.test(name)).length;
      await restart();
    }
    const last = await startCli(['run', file], home).ended;
    if (last.code !== 0) yield `the last run fails: ${last.errors}`;
    yield* differences(await differing(true), 'the last run');
    note(`${finished + 1} runs finished after kills; ${leftovers} hidden leftovers beside them`);

    async function restart(): Promise<void> {
      await rm(folder, { recursive: true, force: true });
      await cp(fresh, folder, { recursive: true });
    }

    /** Files that are not as in the unbroken run. Before the end a result may be missing, but then all of it. */
    async function differing(isAll: boolean): Promise<string[]> {
      const found = visibleFiles(folder);
      const isThere = (result: string) => [...found.keys()].some((path) => path.startsWith(`${result}/`));
      const wrong: string[] = [];
      for (const [path, hash] of wanted) {
        const result = path.split('/')[0]!;
        if (!found.has(path) && (isAll || given.has(path) || isThere(result))) wrong.push(`${path} is missing`);
        else if (found.has(path) && TIMED.test(path))
          await checkJson(join(folder, path)).catch((error) => wrong.push(String(error)));
        else if (found.has(path) && found.get(path) !== hash) wrong.push(`${path} differs`);
      }
      for (const path of found.keys()) if (!wanted.has(path)) wrong.push(`${path} is not in an unbroken run`);
      return wrong;
    }
  },
};

async function checkJson(path: string): Promise<void> {
  JSON.parse(await readFile(path, 'utf8'));
}

function* differences(wrong: readonly string[], when: string): Generator<string, void> {
  if (wrong.length > 0)
    yield `${when}: ${wrong.slice(0, 3).join('; ')}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}`;
}
