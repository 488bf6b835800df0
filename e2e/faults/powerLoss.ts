import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CurationEvent, curate, replay } from '../../core/shared/curation.ts';
import { type Random, random } from '../../core/shared/random.ts';
import { commitFolder, restoreFolder } from '../../core/store/folder.ts';
import { openJournal } from '../../core/store/journal.ts';
import { writeFileAtomic } from '../../core/store/writeFile.ts';
import { type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';
import { ModelledDisk } from './modelledDisk.ts';
import { randomEvent } from './randomEdit.ts';
import { type Blindness, type DiskOp, recordDisk } from './recordedDisk.ts';
import { versionOf, writeVersion } from './versions.ts';

const base = 'power';
const BYTES = 3000;
const STEPS = 12;
const initial = Array.from({ length: 20 }, (_, unitId) => ({ unitId, numSpikes: 10 }));

interface Work {
  readonly name: string;
  /** Step after step (1 …), each acknowledged once it is done. */
  run(folder: string, ack: (step: number) => void): Promise<void>;
  /** What is wrong with a disk found after step `acked` was acknowledged. */
  check(folder: string, acked: number): Promise<string | undefined>;
  /** Without these syncs it must go wrong: else the model sees nothing. */
  readonly needs: readonly Blindness[];
}

/** Every run is one power cut: a disk state that may be left, opened again. */
export const powerLoss: FaultCase = {
  name: 'power loss',
  promise:
    'after a power cut what was acknowledged is there, folder and file are old or new; and the model misses no sync',
  runs: { short: 20_000, full: 100_000 },
  async *run({ random, memory: scratch, note }, runs) {
    for (const work of works) {
      const failures = cuts(work, 'none', Math.ceil(runs / works.length), scratch, random);
      for await (const failure of failures) yield `${work.name}: ${failure}`;
      for (const blindness of work.needs) {
        let seen = 0;
        for await (const _ of cuts(work, blindness, 300, scratch, random)) seen++;
        if (seen === 0) yield `${work.name} without ${blindness}: 300 power cuts did no harm, so the model is blind`;
        note(`${work.name} without ${blindness}: ${seen} of 300 power cuts do harm, as they must`);
      }
    }
  },
};

async function* cuts(work: Work, blindness: Blindness, runs: number, scratch: string, random: Random) {
  const folder = join(scratch, 'recorded');
  const ops = await recordedOps(work, folder, blindness);
  const state = join(scratch, 'state');
  for (let run = 0; run < runs; ) {
    const disk = new ModelledDisk(folder);
    let acked = 0;
    for (const op of ops) {
      if (run >= runs) break;
      if (op.op === 'ack') acked = op.value;
      else disk.do(op);
      run++;
      disk.afterPowerCut(state, random);
      const failure = await work.check(state, acked).catch((error: unknown) => `does not open: ${error}`);
      await rm(state, { recursive: true, force: true });
      if (failure !== undefined) yield `${failure} (power cut after ${op.op} number ${ops.indexOf(op)})`;
    }
  }
  await rm(folder, { recursive: true, force: true });
}

async function recordedOps(work: Work, folder: string, blindness: Blindness): Promise<DiskOp[]> {
  await mkdir(folder, { recursive: true });
  const child = startChild('recordWork', [work.name, folder, blindness]);
  const ops: DiskOp[] = [];
  for (let op = await child.next(); op !== undefined; op = await child.next()) if (isOp(op)) ops.push(op);
  if ((await child.ended) !== 0) throw new Error(child.errors());
  return ops;
}

/** Does a work on a recorded disk; says each thing that happens on it. */
export const recordWork: ChildJob = async ([name, folder, blindness]) => {
  const work = works.find((one) => one.name === name)!;
  recordDisk(folder!, isBlindness(blindness) ? blindness : 'none', say);
  await work.run(folder!, (value) => say({ op: 'ack', value } satisfies DiskOp));
};

/** The same edits each time. */
function edits(): CurationEvent[] {
  const chance = random(7);
  let curation = replay(initial, []);
  for (let step = 0; step < STEPS; step++) curation = curate(curation, randomEvent(curation, chance));
  return [...curation.events];
}

const journal: Work = {
  name: 'journal',
  needs: ['file sync', 'folder sync'],
  async run(folder, ack) {
    const log = await openJournal(join(folder, 'session'), { base });
    for (const [i, event] of edits().entries()) {
      await log.append(event);
      ack(i + 1);
    }
    await log.close();
  },
  async check(folder, acked) {
    const log = await openJournal(join(folder, 'session'), { base });
    await log.close();
    if (log.events.length < acked) return `${acked} edits acknowledged, ${log.events.length} there`;
    return JSON.stringify(log.events) === JSON.stringify(edits().slice(0, log.events.length))
      ? undefined
      : 'other edits';
  },
};

const folders: Work = {
  name: 'folder commit',
  needs: ['file sync', 'folder sync'],
  async run(folder, ack) {
    for (let version = 1; version <= STEPS; version++) {
      const target = join(folder, 'a', 'b', 'results');
      await commitFolder(target, (partial) => writeVersion(partial, version, BYTES), { replace: true });
      ack(version);
    }
  },
  async check(folder, acked) {
    const target = join(folder, 'a', 'b', 'results');
    restoreFolder(target);
    const version = versionOf(target, BYTES) ?? 0;
    if (typeof version === 'string') return version;
    return version < acked ? `version ${acked} was committed, ${version} is there` : undefined;
  },
};

const files: Work = {
  name: 'file write',
  needs: ['file sync', 'folder sync'],
  async run(folder, ack) {
    for (let version = 1; version <= STEPS; version++) {
      await writeFileAtomic(join(folder, 'session.json'), textOf(version));
      ack(version);
    }
  },
  async check(folder, acked) {
    const path = join(folder, 'session.json');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const version = Number.parseInt(text || '0', 10);
    if (text !== (version === 0 ? '' : textOf(version))) return 'the file is neither old nor new';
    return version < acked ? `version ${acked} was written, ${version} is there` : undefined;
  },
};

const textOf = (version: number) => `${version} `.repeat(1000);

const works: readonly Work[] = [journal, folders, files];

function isOp(value: unknown): value is DiskOp {
  return typeof value === 'object' && value !== null && 'op' in value;
}
function isBlindness(value: unknown): value is Blindness {
  return value === 'file sync' || value === 'folder sync';
}
