import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Curation, type CurationEvent, curate, replay } from '../../core/shared/curation.ts';
import { UserError } from '../../core/shared/errors.ts';
import { type Random, random } from '../../core/shared/random.ts';
import { commitFolder } from '../../core/store/folder.ts';
import { type Journal, openJournal } from '../../core/store/journal.ts';
import { writeFileAtomic } from '../../core/store/writeFile.ts';
import { type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';
import { randomEvent } from './randomEdit.ts';
import { versionOf, writeVersion } from './versions.ts';

const base = 'full disk';
const BYTES = 10_000;
const initial = Array.from({ length: 40 }, (_, unitId) => ({ unitId, numSpikes: 10 }));

/** A real disk that fills up (a tmpfs of our own), and files that may not grow (RLIMIT_FSIZE). */
export const diskFull: FaultCase = {
  name: 'disk full',
  promise: 'a full disk is a named error; journal, folder and file stay as they were; with room again all goes on',
  runs: { short: 10, full: 200 },
  async *run({ random, scratch, note }, runs) {
    const ways = [limited, onSmallDisk].filter((way) => works([...way.through('/tmp', random), 'true']));
    for (const way of [limited, onSmallDisk]) if (!ways.includes(way)) note(`${way.name} left out: ${way.needs}`);
    if (ways.length === 0) throw new Error('nothing could be tried here');
    for (let run = 0; run < runs; run++) {
      const folder = join(scratch, String(run));
      await mkdir(folder);
      const way = ways[run % ways.length]!;
      const child = startChild(
        'fillDisk',
        [folder, way.name, String(random.integer(2 ** 31))],
        way.through(folder, random),
      );
      for (let line = await child.next(); line !== undefined; line = await child.next())
        if (line !== 'done') yield `run ${run} (${way.name}): ${line}`;
      if ((await child.ended) !== 0)
        yield `run ${run} (${way.name}): ended with ${await child.ended}: ${child.errors()}`;
    }
  },
};

interface Way {
  readonly name: string;
  /** Said where it does not work. */
  readonly needs: string;
  through(folder: string, random: Random): string[];
}

const limited: Way = {
  name: 'file size limit',
  needs: 'there is no prlimit',
  through: (_, random) => ['prlimit', `--fsize=${4000 + random.integer(40_000)}`],
};

const onSmallDisk: Way = {
  name: 'small disk',
  needs: 'this account may not mount one (unshare -Urm)',
  through: (folder, random) => mounted(folder, 128 + random.integer(900)),
};

function mounted(folder: string, kilobytes: number): string[] {
  return ['unshare', '-Urm', 'sh', '-c', `mount -t tmpfs -o size=${kilobytes}k tmpfs "$0" && exec "$@"`, folder];
}

function works([command, ...args]: readonly string[]): boolean {
  return spawnSync(command!, args).status === 0;
}

/** Runs on the small disk or under the limit; says what does not hold, then "done". */
export const fillDisk: ChildJob = async ([folder, way, seed]) => {
  const chance = random(Number(seed));
  const journal = await openJournal(folder!, { base });
  const target = join(folder!, 'results');
  const file = join(folder!, 'session.json');
  await commitFolder(target, (partial) => writeVersion(partial, 1, 100));
  await writeFileAtomic(file, 'old');
  let curation = await appended(journal, replay(initial, []), chance);

  const ballast = join(folder!, 'ballast');
  if (way === onSmallDisk.name) await fill(ballast);
  curation = await untilFull(journal, curation, chance, way!);
  await expectFull('folder', way!, () =>
    commitFolder(target, (partial) => writeVersion(partial, 2, BYTES * 5), { replace: true }),
  );
  await expectFull('file', way!, () => writeFileAtomic(file, Buffer.alloc(BYTES * 5)));
  if (versionOf(target, 100) !== 1) say(`the old folder is gone: ${versionOf(target, 100)}`);
  if (readFileSync(file, 'utf8') !== 'old') say('the old file is gone');
  const left = readdirSync(folder!).filter((name) => name.startsWith('.') && name !== '.spikedesk');
  if (left.length > 0) say(`left behind: ${left.join()}`);
  if (way === onSmallDisk.name) await expectFirstEditFails(join(folder!, 'new'), chance);
  await reopened(folder!, journal, curation);

  if (way === onSmallDisk.name) {
    await rm(ballast);
    const again = await openJournal(folder!, { base });
    curation = await appended(again, curation, chance);
    await reopened(folder!, again, curation);
    await commitFolder(target, (partial) => writeVersion(partial, 2, 100), { replace: true });
    if (versionOf(target, 100) !== 2) say('with room again the new folder is not there');
  }
  say('done');
};

async function fill(path: string): Promise<void> {
  for (let bytes = 65_536; bytes >= 1; bytes = bytes >> 1)
    try {
      for (;;) await appendFile(path, Buffer.alloc(bytes));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
}

/** A few edits, all accepted. */
async function appended(journal: Journal, curation: Curation, chance: Random): Promise<Curation> {
  let now = curation;
  for (let i = 0; i < 5; i++) {
    const event = randomEvent(now, chance);
    await journal.append(event);
    now = curate(now, event);
  }
  return now;
}

/** Edits until the disk is full, then three more tries: each must say so and leave the journal fit for the next. */
async function untilFull(journal: Journal, curation: Curation, chance: Random, way: string): Promise<Curation> {
  let now = curation;
  for (let refused = 0; refused < 3; ) {
    const event = longEvent(now, chance);
    try {
      await journal.append(event);
      now = curate(now, event);
      if (now.events.length > 5000) throw new Error('the disk does not get full');
    } catch (error) {
      expectNamed('edit', way, error);
      refused++;
    }
  }
  if (journal.unsafe !== undefined) say(`the journal gave up: ${journal.unsafe}`);
  return now;
}

function longEvent(curation: Curation, chance: Random): CurationEvent {
  const unitIds = [...curation.units.inForce.keys()].slice(0, 1);
  return { type: 'label', unitIds, key: 'note', values: ['x'.repeat(20 + chance.integer(150))] };
}

async function expectFirstEditFails(folder: string, chance: Random): Promise<void> {
  const journal = await openJournal(folder, { base });
  await expectFull('first edit', onSmallDisk.name, () => journal.append(randomEvent(replay(initial, []), chance)));
  await journal.close();
}

async function expectFull(what: string, way: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
    say(`${what}: written on a full disk`);
  } catch (error) {
    expectNamed(what, way, error);
  }
}

function expectNamed(what: string, way: string, error: unknown): void {
  const words = way === onSmallDisk.name ? 'the disk is full' : 'larger than allowed';
  if (!(error instanceof UserError && error.message.includes(words) && error.path && error.hint))
    say(`${what}: not a named error: ${error instanceof Error ? error.stack : error}`);
}

/** All that was acknowledged is there after closing and opening, and nothing else. */
async function reopened(folder: string, journal: Journal, curation: Curation): Promise<void> {
  await journal.close();
  const again = await openJournal(folder, { base });
  const same = JSON.stringify(again.events) === JSON.stringify(curation.events);
  if (!same) say(`${curation.events.length} events acknowledged, ${again.events.length} found`);
  if (again.warnings.length > 0) say(`told at opening: ${again.warnings.join()}`);
  await again.close();
}
