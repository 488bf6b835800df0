import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../shared/errors.ts';
import { takeLock } from './lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('of fifty starters one becomes the writer', async () => {
  const starts = await Promise.allSettled(Array.from({ length: 50 }, () => takeLock(folder)));
  expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(1);
  for (const start of starts) if (start.status === 'rejected') expect(start.reason).toBeInstanceOf(UserError);
});

test('a released lock leaves nothing behind and can be taken again', async () => {
  await (await takeLock(folder)).release();
  expect(await readdir(folder)).toEqual([]);
  await (await takeLock(folder)).release();
});

async function heldBy(holder: object): Promise<void> {
  await (await takeLock(folder)).release();
  const { mkdir } = await import('node:fs/promises');
  await mkdir(join(folder, '.spikedesk'));
  await writeFile(join(folder, '.spikedesk', 'lock'), JSON.stringify(holder));
}

test('the lock of a dead process is taken over, by one of many', async () => {
  await heldBy({ host: hostname(), pid: 2 ** 22 - 1, started: '1', since: 'yesterday' });
  const starts = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(folder)));
  expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(join(folder, '.spikedesk'))).toEqual(['lock']);
  expect(JSON.parse(await readFile(join(folder, '.spikedesk', 'lock'), 'utf8')).pid).toBe(process.pid);
});

test('a pid that was given to another process since does not keep the lock', async () => {
  await heldBy({ host: hostname(), pid: process.pid, started: '1', since: 'before' });
  await (await takeLock(folder)).release();
});

test('a lock of another machine is never taken over', async () => {
  await heldBy({ host: 'elsewhere', pid: 1, started: '1', since: 'today' });
  await expect(takeLock(folder)).rejects.toThrow(/process 1 on elsewhere/);
});
