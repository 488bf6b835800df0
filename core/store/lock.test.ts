import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../shared/errors.ts';
import { type Holder, isAlive, myself } from './holder.ts';
import { acquireLock, takeLock } from './lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function heldBy(change: Partial<Holder>): Promise<void> {
  await mkdir(join(folder, '.spikedesk'));
  await writeFile(join(folder, '.spikedesk', 'lock'), JSON.stringify({ ...myself(), ...change }));
}

const winners = (starts: readonly PromiseSettledResult<unknown>[]) =>
  starts.filter((start) => start.status === 'fulfilled').length;

test('of fifty starters one becomes the writer, the others are told who is', async () => {
  const starts = await Promise.allSettled(Array.from({ length: 50 }, () => takeLock(folder)));
  expect(winners(starts)).toBe(1);
  for (const start of starts)
    if (start.status === 'rejected') {
      expect(start.reason).toBeInstanceOf(UserError);
      expect(start.reason.message).toContain(`is in use by another Spikedesk (process ${process.pid}`);
    }
});

test('a released lock leaves nothing behind and can be taken again', async () => {
  await (await takeLock(folder)).release();
  expect(await readdir(folder)).toEqual([]);
  await (await takeLock(folder)).release();
});

test('the lock of a dead process is taken over, by one of many', async () => {
  await heldBy({ pid: 2 ** 22 - 1, started: '1' });
  const starts = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(folder)));
  expect(winners(starts)).toBe(1);
  expect(await readdir(join(folder, '.spikedesk'))).toEqual(['lock']);
  expect(JSON.parse(await readFile(join(folder, '.spikedesk', 'lock'), 'utf8')).pid).toBe(process.pid);
});

test('a starter that died while taking over is taken over too', async () => {
  await heldBy({ pid: 2 ** 22 - 1, token: 'aaaaaaaaaaaa' });
  const path = join(folder, '.spikedesk', 'lock');
  const dead = { ...myself(), pid: 2 ** 22 - 2, token: 'bbbbbbbbbbbb' };
  await writeFile(`${path}.aaaaaaaaaaaa`, JSON.stringify(dead));
  const lock = await acquireLock(path);
  expect(await readdir(join(folder, '.spikedesk'))).toEqual(['lock']);
  await lock.release();
});

test('a lock emptied by a power cut is taken over', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, '');
  await utimes(path, 1, 1);
  await (await acquireLock(path)).release();
  expect(await readdir(folder)).toEqual([]);
});

test('a pid that was given to another process since does not keep the lock', async () => {
  await heldBy({ started: '1' });
  await (await takeLock(folder)).release();
});

test('a lock this process gave up but could not remove is taken over by itself', async () => {
  await heldBy({});
  await (await takeLock(folder)).release();
});

test('a lock of another machine is never taken over', async () => {
  await heldBy({ host: 'elsewhere', pid: 1 });
  await expect(takeLock(folder)).rejects.toThrow(/process 1 on elsewhere/);
});

test('what cannot be seen from here counts as alive, what was before the last boot only with a heartbeat', () => {
  const now = myself();
  expect(isAlive(now, 0)).toBe(true);
  expect(isAlive({ ...now, pid: 2 ** 22 - 1 }, 0)).toBe(false);
  expect(isAlive({ ...now, host: `not-${hostname()}` }, 1e9)).toBe(true);
  expect(isAlive({ ...now, space: 'pid:[1]' }, 1e9)).toBe(true);
  expect(isAlive({ ...now, boot: 'before' }, 1000)).toBe(true);
  expect(isAlive({ ...now, boot: 'before' }, 100_000)).toBe(false);
});

test.runIf(process.platform === 'linux')('a killed process that no one has waited for yet is dead', async () => {
  // The shell's child becomes a zombie: `exec sleep` never waits for it.
  const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 5'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pid = Number(String(await once(shell.stdout, 'data')));
  try {
    await expect.poll(() => stateOf(pid)).toBe('Z');
    expect(isAlive({ ...myself(), pid, started: '' }, 0)).toBe(false);
  } finally {
    await end(shell);
  }
});

async function stateOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.split(') ')[1]?.[0];
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
