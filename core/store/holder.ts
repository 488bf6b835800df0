import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock: enough to tell, from any process, whether it still lives. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Start of the process in clock ticks since boot; a reused pid has another. '' where the system does not tell. */
  readonly started: string;
  /** Id of this boot of the machine, '' where the system does not tell. */
  readonly boot: string;
  /** Its PID namespace: in another one (a container) pids mean other processes. */
  readonly space: string;
  readonly since: string;
  /** Tells one holding from the next, also by the same process. */
  readonly token: string;
}

/** A holder touches its lock this often. */
export const HEARTBEAT_MS = 10_000;

export function myself(): Holder {
  return {
    host: hostname(),
    pid: process.pid,
    started: processState(process.pid)?.started ?? '',
    boot: bootId(),
    space: pidSpace(),
    since: new Date().toISOString(),
    token: randomBytes(6).toString('hex'),
  };
}

export function isMyself(holder: Holder): boolean {
  const { host, pid, started, boot, space } = myself();
  const same = holder.host === host && holder.pid === pid && holder.started === started;
  return same && holder.boot === boot && holder.space === space;
}

export function parseHolder(text: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string) => String(Reflect.get(value, name) ?? '');
  const pid = Number(field('pid'));
  if (!Number.isSafeInteger(pid) || pid <= 0 || !/^[0-9a-f]{12}$/.test(field('token'))) return undefined;
  return {
    host: field('host'),
    pid,
    started: field('started'),
    boot: field('boot'),
    space: field('space'),
    since: field('since'),
    token: field('token'),
  };
}

/** Could it still write? What cannot be seen from here (another machine, another container) counts as alive. */
export function isAlive(holder: Holder, heartbeatAgeMs: number): boolean {
  if (holder.host !== hostname()) return true;
  // The machine was started anew, or another one has the same name and would touch its lock.
  if (holder.boot !== bootId()) return heartbeatAgeMs < 6 * HEARTBEAT_MS;
  if (holder.space !== pidSpace()) return true;
  const state = processState(holder.pid);
  if (state) return !state.ended && (holder.started === '' || holder.started === state.started);
  return process.platform === 'linux' ? false : exists(holder.pid);
}

/** This process, short enough for a file name: WHERE-PID-START. */
export function ownerTag(): string {
  return `${whereabouts()}-${process.pid}-${processState(process.pid)?.started || 0}`;
}

/** True if the process of that tag has surely ended. */
export function isOwnerGone(tag: string): boolean {
  const [where, pid, started] = tag.split('-');
  if (where !== whereabouts()) return false; // another machine or container, or before the last start of this one
  const state = processState(Number(pid));
  if (state) return state.ended || (started !== '0' && started !== state.started);
  return process.platform === 'linux' || !exists(Number(pid));
}

function whereabouts(): string {
  return createHash('sha256').update(`${hostname()} ${bootId()} ${pidSpace()}`).digest('hex').slice(0, 8);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** From /proc/PID/stat: fields 3 and 22, counted from behind the name, which may hold spaces and brackets. */
function processState(pid: number): { readonly ended: boolean; readonly started: string } | undefined {
  const text = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === '') return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { ended: fields[0] === 'Z' || fields[0] === 'X', started: fields[19] ?? '' };
}

const bootId = () => quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
const pidSpace = () => quietly(() => readlinkSync('/proc/self/ns/pid'));

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return ''; // not Linux
  }
}
