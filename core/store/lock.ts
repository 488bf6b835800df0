import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';

/** Who writes to a session. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process started, clock ticks since boot where the system tells: a reused pid has another. */
  readonly started: string;
  readonly since: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** A take-over lasts milliseconds: one older than this was left by a process that died in it. */
const TAKE_OVER_MS = 10_000;

/**
 * Become the one writer of the session in `folder`, by `.spikedesk/lock`. A lock left by a dead process of this
 * machine is taken over. UserError if another process holds it. Readers need no lock.
 */
export async function takeLock(folder: string): Promise<Lock> {
  const inside = join(folder, '.spikedesk');
  const path = join(inside, 'lock');
  const me: Holder = {
    host: hostname(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    since: new Date().toISOString(),
  };
  try {
    await mkdir(inside, { recursive: true });
    if (!(await create(path, me))) await takeOver(path, me, folder);
  } catch (error) {
    await rmdir(inside).catch(() => undefined);
    throw fileError(error, 'write to', inside);
  }
  return {
    async release() {
      const holder = await readHolder(path);
      if (holder && sameProcess(holder, me) && holder.since === me.since) await unlink(path).catch(() => undefined);
      await rmdir(inside).catch(() => undefined); // only if nothing else lies there
    },
  };
}

/** Make the file whole in one step, so no one ever reads half a holder. False if it is there already. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const own = `${path}-${randomUUID()}`;
  await writeFile(own, JSON.stringify(holder), { flag: 'wx' });
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (!isCode(error, 'EPERM') && !isCode(error, 'ENOTSUP') && !isCode(error, 'ENOSYS')) throw error;
    return await createPlain(path, holder); // a file system without hard links
  } finally {
    await unlink(own);
  }
}

async function createPlain(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Replace a dead process's lock. A second lock around it keeps two starters from both doing so. */
async function takeOver(path: string, me: Holder, folder: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder && isAlive(holder)) throw inUse(holder, path, folder);
  const guard = `${path}.takeover`;
  if (!(await create(guard, me))) {
    const age = Date.now() - (await stat(guard).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > TAKE_OVER_MS) await unlink(guard).catch(() => undefined);
    throw new UserError(`another Spikedesk is just starting on the session in ${folder}`, {
      path: folder,
      hint: 'Try again in a moment.',
    });
  }
  try {
    const now = await readHolder(path);
    if (now && isAlive(now)) throw inUse(now, path, folder);
    const aside = `${path}-stale-${randomUUID()}`;
    await rename(path, aside).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
    await unlink(aside).catch(() => undefined);
    if (!(await create(path, me))) {
      const winner = await readHolder(path);
      throw winner ? inUse(winner, path, folder) : new UserError(`the session in ${folder} is in use`, { path: folder });
    }
  } finally {
    await unlink(guard).catch(() => undefined);
  }
}

function inUse(holder: Holder, path: string, folder: string): UserError {
  const where = holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`;
  return new UserError(`the session in ${folder} is in use by another Spikedesk (${where}, since ${holder.since})`, {
    path: folder,
    hint:
      holder.host === hostname()
        ? 'Wait for it, or close it, then run again.'
        : `If it no longer runs there, delete ${path} and run again.`,
  });
}

async function readHolder(path: string): Promise<Holder | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined; // cut off by a power loss
    throw error;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { host, pid, started, since } = value as Record<string, unknown>;
  return typeof host === 'string' && typeof pid === 'number'
    ? { host, pid, started: String(started ?? ''), since: String(since ?? '') }
    : undefined;
}

/** Processes of other machines cannot be seen: they count as alive. */
function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  const started = startOf(holder.pid);
  return started === undefined || holder.started === '' || started === holder.started;
}

function sameProcess(a: Holder, b: Holder): boolean {
  return a.host === b.host && a.pid === b.pid && a.started === b.started;
}

/** Field 22 of /proc/PID/stat; undefined where there is no /proc. The name in field 2 may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
