import { link, mkdir, readFile, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';
import { HEARTBEAT_MS, type Holder, isAlive, isMyself, myself, parseHolder } from './holder.ts';
import { siblingName } from './siblings.ts';

export interface Lock {
  readonly path: string;
  release(): Promise<void>;
}

/** A lock that cannot be read is one being written, unless it is older than this: then a power cut emptied it. */
const UNREADABLE_MS = 5000;

/**
 * Become the one writer of `what` ("the session in /data"), by the lock file `path`; its folder must be there.
 * UserError if another process holds it. A dead process's lock is taken over, by one of all who try. Readers need none.
 */
export async function acquireLock(path: string, what = path): Promise<Lock> {
  const mine = myself();
  tokens.add(mine.token);
  try {
    for (;;) {
      if (await create(path, mine)) return held(path, mine);
      const found = await readLock(path);
      if (!found) continue;
      if (found.alive) throw inUse(path, what, found);
      if (await takeOver(path, what, found.token, mine)) return held(path, mine);
    }
  } catch (error) {
    tokens.delete(mine.token);
    throw fileError(error, 'write', path);
  }
}

/** Of the locks this process has or is taking: one of its own that is not among them was given up, but could not be removed. */
const tokens = new Set<string>();

/**
 * Replace the lock of a dead process. Who may is decided by a lock of its own, named after the dead one's token: it
 * stands for this one replacement, so a slow starter that comes late finds another token and does nothing, and one
 * that dies in between is replaced in the same way.
 */
async function takeOver(path: string, what: string, token: string, mine: Holder): Promise<boolean> {
  const guard = await acquireLock(`${path}.${token}`, what);
  try {
    if ((await readLock(path))?.token !== token) return false;
    const own = await written(path, mine);
    await rename(own, path);
    return true;
  } finally {
    await guard.release();
  }
}

/** Make the lock file whole in one step, so that no one reads half a holder. False if it is there already. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const own = await written(path, holder);
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
  } finally {
    await rm(own, { force: true }).catch(() => undefined); // hidden, and goes with the next commit
  }
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' }); // a file system without hard links
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function written(path: string, holder: Holder): Promise<string> {
  const own = siblingName(path, 'partial');
  await writeFile(own, JSON.stringify(holder), { flag: 'wx' });
  return own;
}

interface Found {
  readonly token: string;
  readonly alive: boolean;
  readonly holder?: Holder;
  readonly heartbeatAgeMs: number;
}

/** Undefined if there is no lock (any more). */
async function readLock(path: string): Promise<Found | undefined> {
  for (;;) {
    try {
      const { mtimeMs, ino } = await stat(path);
      const holder = parseHolder(await readFile(path, 'utf8'));
      const heartbeatAgeMs = Date.now() - mtimeMs;
      if (holder) {
        const alive = isMyself(holder) ? tokens.has(holder.token) : isAlive(holder, heartbeatAgeMs);
        return { token: holder.token, alive, holder, heartbeatAgeMs };
      }
      const token = `${ino.toString(16)}-${Math.round(mtimeMs).toString(16)}`;
      if (Math.abs(heartbeatAgeMs) > UNREADABLE_MS) return { token, alive: false, heartbeatAgeMs };
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    }
    await wait(50);
  }
}

function held(path: string, mine: Holder): Lock {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => clearInterval(beat));
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    path,
    async release() {
      clearInterval(beat);
      tokens.delete(mine.token);
      try {
        if ((await readLock(path))?.token === mine.token) await unlink(path);
      } catch (error) {
        throw fileError(error, 'remove', path);
      }
    },
  };
}

function inUse(path: string, what: string, { holder, heartbeatAgeMs }: Found): UserError {
  if (!holder || holder.host === hostname())
    return new UserError(`${what} is in use by another Spikedesk (process ${holder?.pid}, since ${holder?.since})`, {
      path,
      hint: `Close it, or wait for it, then try again. If no such process runs, delete ${path}.`,
    });
  const seconds = Math.max(0, Math.round(heartbeatAgeMs / 1000));
  return new UserError(`${what} is in use by another Spikedesk (process ${holder.pid} on ${holder.host})`, {
    path,
    hint: `It gave a sign of life ${seconds} s ago. Close it there; if that machine is gone, delete ${path}.`,
  });
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Become the one writer of the session in `folder`, by `.spikedesk/lock`, which goes again on release. */
export async function takeLock(folder: string): Promise<Lock> {
  const path = join(folder, '.spikedesk', 'lock');
  const lock = await lockInFolder(path, `the session in ${folder}`);
  return {
    path,
    async release() {
      await lock.release();
      await rmdir(dirname(path)).catch(() => undefined); // only if nothing else lies there
    },
  };
}

/** As acquireLock, making the folder; another's release may take the empty folder away just then. */
async function lockInFolder(path: string, what: string): Promise<Lock> {
  const folder = dirname(path);
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true });
      return await acquireLock(path, what);
    } catch (error) {
      const gone = error instanceof UserError && isCode(error.cause, 'ENOENT');
      if (gone && attempt < 20) continue;
      await rmdir(folder).catch(() => undefined);
      throw fileError(error, 'write to', folder);
    }
  }
}
