import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createApi } from '../../core/api/index.ts';
import { drain } from '../../core/cli/withApi.ts';
import { openPool } from '../../core/compute/pool.ts';
import { ramp, writeGlx, writePhy, writeSamples, writeSiFolder, writeSiSpikes } from '../../core/formats/samples.ts';
import type { Api, OpenArgs } from '../../core/shared/api.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { FaultCase } from './faultCase.ts';
import { mutate } from './mutate.ts';
import { makeSmallSession, startCli } from './smallSession.ts';
import { everything } from './tree.ts';

/** Every kind of folder Spikedesk opens. */
const samples: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  binary: async (folder) => {
    await mkdir(folder);
    return writeSamples(join(folder, 'traces.bin'), ramp(500, 4));
  },
  SpikeGLX: async (folder) => writeGlx(folder, 'run_g0_t0.imec0.ap', 500, 4),
  phy: (folder) => writePhy(folder),
  'SpikeInterface recording': (folder) => writeSiFolder(folder),
  'SpikeInterface sorting': (folder) => writeSiSpikes(folder),
  session: makeSmallSession,
  'finished session': async (folder) => {
    await makeSmallSession(folder);
    const { code, errors } = await startCli(['run', join(folder, 'session.json')], `${folder}-home`).ended;
    if (code !== 0) throw new Error(errors);
  },
};

/** Opens all there is in a folder, as the window does; then the same with one of its files damaged. */
export const openings: FaultCase = {
  name: 'openings',
  promise: 'opening changes no byte, size or time of a file, also not of damaged ones',
  runs: { short: 30, full: 2000 },
  async *run({ random, scratch, note }, runs) {
    const pool = openPool({ worker: new URL('./worker.mjs', import.meta.url), size: 1 });
    const api = createApi({ pool, dataFolder: join(scratch, 'home'), version: 'faults' });
    const names = Object.keys(samples);
    const seen = new Set<string>();
    try {
      for (const name of names) await samples[name]!(join(scratch, name));
      for (let run = 0; run < runs; run++) {
        const name = names[run % names.length]!;
        const around = join(scratch, `run ${run}`);
        const folder = join(around, 'data');
        await cp(join(scratch, name), folder, { recursive: true });
        if (run >= names.length) damageOne(folder, (bytes) => mutate(bytes, random), random.integer(1e6));
        const before = everything(around);
        for (const kind of await openAll(api, name === 'binary' ? join(folder, 'traces.bin') : folder))
          seen.add(`${name}: ${kind}`);
        const after = everything(around);
        const changed = [...after, ...before].find((line) => !before.includes(line) || !after.includes(line));
        if (changed !== undefined) yield `${name}${run < names.length ? '' : ', damaged'}: ${changed}`;
        if (run < names.length && ![...seen].some((one) => one.startsWith(`${name}:`))) yield `${name}: was not opened`;
        await rm(around, { recursive: true });
      }
    } finally {
      await api.dispose();
      await pool.close();
    }
    note(`opened: ${[...seen].sort().join(', ')}`);
  },
};

function damageOne(folder: string, damaged: (bytes: Buffer) => Uint8Array, choice: number): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < 1e6);
  const path = files[choice % files.length]!;
  writeFileSync(path, damaged(readFileSync(path)));
}

/** What could be opened of what is found there; errors told to the user are fine. */
async function openAll(api: Api, path: string): Promise<string[]> {
  const signal = new AbortController().signal;
  const opened: string[] = [];
  const attempt = async (kind: string, args: OpenArgs) => {
    const worked = await told(async () => {
      const state = await drain(api.open(args, signal));
      if (state.recording)
        await drain(
          api.traces({ node: 0, segment: 0, order: 'depth', framesAColumn: 1, firstTile: 0, endTile: 1 }, signal),
        );
      if (state.curation) await told(() => drain(api.units(undefined, signal)));
    });
    if (worked) opened.push(kind);
    await drain(api.close(undefined, signal));
  };
  await told(async () => {
    const found = await drain(api.inspect({ path }, signal));
    if (found.session !== undefined) await attempt('session', { kind: 'session', path: found.session });
    for (const recording of found.recordings) await attempt('recording', { kind: 'recording', found: recording });
    for (const sorting of found.sortings) await attempt('sorting', { kind: 'sorting', ...sorting });
  });
  return opened;
}

/** False if it ended with an error that is told to the user. */
async function told(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
