import fs from 'node:fs';
import { rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import { type CurationEvent, replay } from '../../core/shared/curation.ts';
import { UserError } from '../../core/shared/errors.ts';
import { commitFolder, restoreFolder } from '../../core/store/folder.ts';
import { openJournal } from '../../core/store/journal.ts';
import { takeLock } from '../../core/store/lock.ts';
import { writeFileAtomic } from '../../core/store/writeFile.ts';
import { type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';
import { versionOf, writeVersion } from './versions.ts';

const CODES = ['EIO', 'ENOSPC', 'EMFILE', 'EACCES'] as const;
const BYTES = 1000;
const base = 'nth fault';

/** What is done while a call fails, and what must be there afterwards whether it was done or not. */
interface Work {
  readonly name: string;
  prepare(folder: string): Promise<void>;
  act(folder: string): Promise<void>;
  /** `isDone`: act() ended well. What is wrong, if anything. */
  check(folder: string, isDone: boolean): Promise<string | undefined>;
}

/** The first call to the file system fails, then the second, and so on until a work gets through; once, or from then on. */
export const nthFault: FaultCase = {
  name: 'nth fault',
  promise: 'whichever call to the file system fails, the error is named and the old or the new state is there',
  runs: { short: CODES.length * 2, full: CODES.length * 2 },
  async *run({ memory, note }) {
    let faults = 0;
    for (const code of CODES)
      for (const persistence of ['once', 'for ever']) {
        const child = startChild('failEach', [memory, code, persistence]);
        for (let line = await child.next(); line !== undefined; line = await child.next()) {
          if (typeof line === 'number') faults += line;
          else yield `${code} ${persistence}: ${line}`;
        }
        if ((await child.ended) !== 0) yield `${code} ${persistence}: ${child.errors()}`;
      }
    note(`${faults} faults`);
  },
};

/** Says what does not hold, and at the end of each work how many faults there were. */
export const failEach: ChildJob = async ([root, code, persistence]) => {
  const switchBoard = interpose(root!, code!, persistence === 'for ever');
  for (const work of works)
    for (let n = 1; ; n++) {
      const folder = join(root!, 'work');
      await work.prepare(folder);
      switchBoard.failAt(n);
      let error: unknown;
      try {
        await work.act(folder);
      } catch (caught) {
        error = caught;
      }
      const wasReached = switchBoard.off();
      if (error !== undefined && !(error instanceof UserError))
        say(
          `${work.name}, call ${n} (${switchBoard.failed}): not a named error: ${error instanceof Error ? error.stack?.split('\n').slice(0, 6).join('\n') : error}`,
        );
      const wrong = await work.check(folder, error === undefined).catch((failure: unknown) => `afterwards: ${failure}`);
      if (wrong !== undefined) say(`${work.name}, call ${n} (${switchBoard.failed}): ${wrong}`);
      await rm(folder, { recursive: true, force: true });
      if (!wasReached || n > 500) {
        say(n - 1);
        break;
      }
    }
};

const CALLS = [
  'open',
  'read',
  'write',
  'readFile',
  'writeFile',
  'fsync',
  'fdatasync',
  'mkdir',
  'rename',
  'link',
  'unlink',
];
const MORE_CALLS = ['rm', 'rmdir', 'readdir', 'stat', 'lstat', 'ftruncate', 'utimes'];
const HANDLE_CALLS = ['appendFile', 'writeFile', 'read', 'stat', 'truncate', 'sync', 'datasync'];

/** Makes calls of this process about files below `root` fail on demand. */
function interpose(root: string, code: string, isForEver: boolean) {
  let left = Number.POSITIVE_INFINITY;
  const board = {
    failed: 'none',
    failAt(n: number) {
      left = n;
      board.failed = 'none';
    },
    /** True if the call to fail was reached. */
    off: () => {
      const wasReached = left <= 0;
      left = Number.POSITIVE_INFINITY;
      return wasReached;
    },
  };
  const ours = new Set<number>();
  const isOurs = (subject: unknown) =>
    typeof subject === 'number' ? ours.has(subject) : typeof subject === 'string' && resolve(subject).startsWith(root);
  const mayFail = (name: string) => {
    left--;
    if (left !== 0 && !(isForEver && left < 0)) return;
    if (board.failed === 'none') board.failed = name;
    throw Object.assign(new Error(`${code}: injected, ${name}`), { code });
  };
  const wrap = (target: object, method: string, isAsync: boolean, mine: (args: unknown[]) => boolean) => {
    const original: unknown = Reflect.get(target, method);
    if (typeof original !== 'function') return;
    const wrapped = (...args: unknown[]) => {
      if (mine(args)) mayFail(method);
      const result: unknown = Reflect.apply(original, target, args);
      if (!mine(args)) return result;
      if (method === 'openSync') ours.add(Number(result));
      if (method === 'open' && result instanceof Promise)
        return result.then((handle) => {
          for (const name of HANDLE_CALLS) wrap(handle, name, true, () => true);
          return handle;
        });
      return result;
    };
    Reflect.set(target, method, isAsync ? async (...args: unknown[]) => wrapped(...args) : wrapped);
  };
  for (const name of [...CALLS, ...MORE_CALLS]) {
    wrap(fs, `${name}Sync`, false, ([subject]) => isOurs(subject));
    wrap(fs.promises, name, true, ([subject]) => isOurs(subject));
  }
  syncBuiltinESMExports();
  return board;
}

const edits: readonly CurationEvent[] = [
  { type: 'label', unitIds: [1], key: 'group', values: ['good'] },
  { type: 'merge', unitIds: [1, 2], into: 5 },
  { type: 'undo' },
  { type: 'redo' },
];

let acknowledged = 0;

async function append(folder: string, from: number, to: number): Promise<void> {
  const journal = await openJournal(folder, { base });
  try {
    for (const edit of edits.slice(from, to)) {
      await journal.append(edit);
      acknowledged++;
    }
  } finally {
    await journal.close();
  }
}

const journalWork = (name: string, before: number, tail = ''): Work => ({
  name,
  async prepare(folder) {
    acknowledged = 0;
    await append(folder, 0, before);
    if (tail !== '') fs.appendFileSync(join(folder, '.spikedesk', 'curation.jsonl'), tail);
  },
  act: (folder) => append(folder, before, edits.length),
  async check(folder, isDone) {
    if (isDone && acknowledged < edits.length) return 'it ended well without all edits';
    const journal = await openJournal(folder, { base });
    await journal.close();
    replay(
      [
        { unitId: 1, numSpikes: 1 },
        { unitId: 2, numSpikes: 1 },
      ],
      journal.events,
    );
    if (JSON.stringify(journal.events) !== JSON.stringify(edits.slice(0, journal.events.length)))
      return 'other edits are there';
    if (journal.events.length < acknowledged)
      return `${acknowledged} edits acknowledged, ${journal.events.length} there`;
    if (journal.events.length < edits.length) await append(folder, journal.events.length, edits.length);
    return undefined;
  },
});

const works: readonly Work[] = [
  journalWork('first edits', 0),
  journalWork('more edits', 2),
  journalWork('edits after a torn tail', 2, '{"seq":3'),
  {
    name: 'folder replaced',
    prepare: (folder) => commitFolder(join(folder, 'results'), (partial) => writeVersion(partial, 1, BYTES)),
    act: (folder) =>
      commitFolder(join(folder, 'results'), (partial) => writeVersion(partial, 2, BYTES), { replace: true }),
    async check(folder, isDone) {
      const target = join(folder, 'results');
      restoreFolder(target);
      const version = versionOf(target, BYTES);
      return version === 2 || (version === 1 && !isDone) ? undefined : `version ${version} is there`;
    },
  },
  {
    name: 'file replaced',
    async prepare(folder) {
      fs.mkdirSync(folder);
      await writeFileAtomic(join(folder, 'session.json'), 'old');
    },
    act: (folder) => writeFileAtomic(join(folder, 'session.json'), 'new'),
    async check(folder, isDone) {
      const text = fs.readFileSync(join(folder, 'session.json'), 'utf8');
      return text === 'new' || (text === 'old' && !isDone) ? undefined : `"${text}" is there`;
    },
  },
  {
    name: 'lock',
    async prepare(folder) {
      fs.mkdirSync(folder);
    },
    act: async (folder) => (await takeLock(folder)).release(),
    // A lock that could not be released is this process's own: it goes with it.
    check: async () => undefined,
  },
];
