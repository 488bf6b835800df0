import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { toyRecording } from '../../core/generate/toy.ts';
import { writeSiRecording } from '../../core/store/siRecording.ts';
import type { FaultCase } from './faultCase.ts';
import { startCli } from './smallSession.ts';
import { visibleFiles } from './tree.ts';

const savers = ['binary', 'zarr'] as const;

const forEver = new Promise<false>(() => {});

/** kill -9 at random moments of `spikedesk save`; after each, what is there is looked at and the save started again. */
export const saveKills: FaultCase = {
  name: 'save kills',
  promise: 'kill -9 of a save: no folder of that name or a whole one; gone on with, it ends byte for byte as unbroken',
  runs: { short: 20, full: 200 },
  async *run({ random, scratch, note }, runs) {
    const folder = join(scratch, "session o'dd #1 größe");
    await makeSession(folder);
    let resumed = 0;
    let finished = 0;
    for (const [i, saver] of savers.entries()) {
      const target = join(folder, saver === 'zarr' ? 'out.zarr' : 'out');
      // Small chunks, so that there are many to be killed between.
      const args = ['save', folder, target, '--to', saver, '--set', 'chunk_size=400'];
      const start = () => startCli(args, join(scratch, 'home'));
      const before = performance.now();
      const unbroken = await start().ended;
      if (unbroken.code !== 0) throw new Error(`an unbroken save fails: ${unbroken.errors}`);
      const ms = performance.now() - before;
      const whole = listed(target);
      await rm(target, { recursive: true });
      const last = i === savers.length - 1 ? runs : Math.round((runs * (i + 1)) / savers.length);
      let kills = Math.round((runs * i) / savers.length);
      while (kills < last) {
        for (let isOver = false; !isOver; ) {
          const run = start();
          // Every second kill waits for the first chunk: early ones only meet the start.
          const log = join(folder, `.${basename(target)}.saving`, 'done.jsonl');
          const moment =
            kills % 2 === 0 ? wait(random.uniform() * ms) : after(log).then(() => wait((random.uniform() * ms) / 4));
          // The last one is left to finish; others are killed until they do.
          isOver = await Promise.race([run.ended.then(() => true), kills < last ? moment.then(() => false) : forEver]);
          run.process.kill('SIGKILL');
          const { code, errors } = await run.ended;
          if (!isOver) {
            kills++;
            if (existsSync(join(folder, `.${basename(target)}.saving`, 'done.jsonl'))) resumed++;
          } else if (code !== 0) yield `${saver}: after ${kills} kills the save fails: ${errors}`;
          const wrong = existsSync(target) ? difference(listed(target), whole) : undefined;
          if (wrong !== undefined) yield `${saver}, kill ${kills}: what lies there is not whole: ${wrong}`;
          if (isOver && !existsSync(target)) yield `${saver}: it ended and nothing lies there`;
        }
        finished++;
        const left = readdirSync(folder).filter((name) => name.endsWith('.saving'));
        if (left.length > 0) yield `${saver}: a save that ended leaves ${left.join(', ')}`;
        await rm(target, { recursive: true, force: true });
      }
    }
    note(`${finished} saves finished after kills; ${resumed} kills left chunks to go on with`);
  },
};

async function after(file: string): Promise<void> {
  const until = performance.now() + 60_000;
  while (!existsSync(file) && performance.now() < until) await wait(2);
}

async function makeSession(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { recording } = toyRecording({ seconds: 8, units: 4, channels: 8, segments: 2 });
  await writeSiRecording(join(folder, 'recording'), recording);
  const session = {
    spikedesk: 1,
    recording: { format: 'spikeinterface_binary', paths: ['recording'], params: {} },
    preprocess: [
      { step: 'bandpass_filter', params: {} },
      { step: 'whiten', params: { int_scale: 200, dtype: 'int16' } },
    ],
  };
  await writeFile(join(folder, 'session.json'), JSON.stringify(session));
}

function listed(folder: string): readonly string[] {
  return [...visibleFiles(folder)].map(([path, hash]) => `${path} ${hash}`).sort();
}

/** Files that are in one only, or differ. */
function difference(ours: readonly string[], whole: readonly string[]): string | undefined {
  const odd = [...ours.filter((file) => !whole.includes(file)), ...whole.filter((file) => !ours.includes(file))];
  return odd.length > 0 ? odd.join(', ') : undefined;
}
