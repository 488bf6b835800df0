import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCase } from './faultCase.ts';
import { visibleFiles } from './tree.ts';

const root = join(dirname(process.argv[1]!), '..');
/** Small and without dependencies: what a killed install of all packages would do, it does in a second. */
const PACKAGE = 'tinykeys';

/** What is killed, and what it makes. */
interface SetUp {
  readonly name: string;
  prepare(folder: string): Promise<void>;
  start(folder: string): ChildProcess;
  /** Below the folder. */
  readonly makes: string;
}

const build: SetUp = {
  name: 'build',
  makes: 'dist',
  async prepare(folder) {
    for (const name of ['scripts', 'core', 'build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'])
      await cp(join(root, name), join(folder, name), { recursive: true });
    if (!existsSync(join(root, 'node_modules', '.spikedesk-setup'))) throw new Error('run `npm run build` first');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  },
  start: (folder) => started(['scripts/run.cjs', 'setup', 'core'], folder),
};

const packages: SetUp = {
  name: 'packages',
  makes: 'node_modules',
  async prepare(folder) {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const entry = lock.packages[`node_modules/${PACKAGE}`];
    const dependencies = { [PACKAGE]: entry.version };
    const some = { '': { name: 'part', version: '1.0.0', dependencies }, [`node_modules/${PACKAGE}`]: entry };
    const whole = { name: 'part', version: '1.0.0', lockfileVersion: 3, requires: true, packages: some };
    await cp(join(root, '.npmrc'), join(folder, '.npmrc'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'part', version: '1.0.0', dependencies }));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(whole));
  },
  start(folder) {
    const script = new URL(`file://${join(root, 'scripts', 'setup.mjs')}`);
    const code = `import { installPackages } from ${JSON.stringify(script.href)}; installPackages(${JSON.stringify(folder)}, () => {});`;
    return started(['--input-type=module', '--eval', code], folder);
  },
};

function started(args: readonly string[], cwd: string): ChildProcess {
  // A group of its own: npm and esbuild are killed with it, as by the end of a container.
  return spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** kill -9 of the set-up with all it started, then the same command again. */
export const setupKills: FaultCase = {
  name: 'setup killed',
  promise: 'a set-up that was killed is done again by the same command, and is then as one never killed',
  runs: { short: 4, full: 100 },
  async *run({ random, scratch, note }, runs) {
    for (const [i, setUp] of [build, packages].entries()) {
      const folder = join(scratch, setUp.name);
      await mkdir(folder);
      await setUp.prepare(folder);
      const before = performance.now();
      const first = await ended(setUp.start(folder));
      const whole = performance.now() - before;
      if (first.code !== 0 && first.errors.includes('registry cannot be reached')) {
        note('packages left out: the npm registry cannot be reached');
        continue;
      }
      if (first.code !== 0) throw new Error(first.errors);
      const wanted = visibleFiles(join(folder, setUp.makes));
      for (let run = i; run < runs; run += 2) {
        await rm(join(folder, setUp.makes), { recursive: true });
        const killed = setUp.start(folder);
        const end = ended(killed);
        await Promise.race([end, wait(random.uniform() * whole)]);
        if (killed.exitCode === null && killed.pid !== undefined) process.kill(-killed.pid, 'SIGKILL');
        await end;
        const again = await ended(setUp.start(folder));
        if (again.code !== 0) yield `${setUp.name}, run ${run}: the second start fails: ${again.errors}`;
        const found = visibleFiles(join(folder, setUp.makes));
        const wrong = [...wanted].find(([path, hash]) => found.get(path) !== hash);
        if (wrong) yield `${setUp.name}, run ${run}: ${wrong[0]} is not as in a set-up that was not killed`;
      }
    }
  },
};

async function ended(child: ChildProcess): Promise<{ readonly code: number | string; readonly errors: string }> {
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const [code, signal] = await once(child, 'close');
  return { code: code ?? signal, errors };
}
