import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool, type Pool } from './pool.ts';

// A worker with jobs of its own, served by the same protocol as core/compute/worker.ts.
const source = `
import { parentPort } from 'node:worker_threads';
import { serve } from './core/shared/rpc.ts';
import { breathe } from './core/compute/breathe.ts';
const jobs = {
  async *count({ to }, signal) { for (let i = 0; i < to; i++) { await breathe(signal); yield i; } return to; },
  async *forever(_, signal) { for (;;) await breathe(signal); },
  async *who() { return process.pid + ':' + globalThis.id; },
  async *crash() { process.exit(3); },
  async *fails() { throw new Error('on purpose'); },
};
globalThis.id = Math.random();
serve({ post: (m, t = []) => parentPort.postMessage(m, [...t]), onMessage: (h) => parentPort.on('message', h) }, jobs);
`;

let folder: string;
let pool: Pool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikedesk-pool-'));
  const outfile = join(folder, 'worker.mjs');
  const options = { contents: source, resolveDir: process.cwd(), loader: 'ts' } as const;
  await build({ stdin: options, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  pool = openPool({ worker: pathToFileURL(outfile), size: 2 });
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

test('a job yields items and returns a result', async () => {
  const items: number[] = [];
  expect(await pool.run('count', { to: 3 }, { onItem: (i: number) => items.push(i) })).toBe(3);
  expect(items).toEqual([0, 1, 2]);
});

test('a cancelled job ends with AbortError at once, also one that waits in the queue', async () => {
  const stop = new AbortController();
  const jobs = [1, 2, 3].map(() => pool.run('forever', {}, { signal: stop.signal }));
  const ends = Promise.allSettled(jobs);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const before = performance.now();
  stop.abort();
  const names = (await ends).map((end) => end.status === 'rejected' && end.reason.name);
  expect(names).toEqual(['AbortError', 'AbortError', 'AbortError']);
  expect(performance.now() - before).toBeLessThan(500);
});

test('a visible job runs while background jobs hold every worker', async () => {
  const stop = new AbortController();
  const busy = [1, 2, 3].map(() => pool.run('forever', {}, { signal: stop.signal }).catch((e: Error) => e.name));
  expect(await pool.run('count', { to: 2 }, { queue: 'visible' })).toBe(2);
  stop.abort();
  expect(await Promise.all(busy)).toEqual(['AbortError', 'AbortError', 'AbortError']);
});

test('a new job of a slot cancels the one before', async () => {
  const first = pool.run('forever', {}, { queue: 'visible', slot: 'traces' }).catch((e: Error) => e.name);
  expect(await pool.run('count', { to: 1 }, { queue: 'visible', slot: 'traces' })).toBe(1);
  expect(await first).toBe('AbortError');
});

test('jobs that keep what they read stay on a few workers', async () => {
  const who = (i: number) => pool.run<object, never, string>('who', { i }, { queue: 'visible', amongLast: 1 });
  expect(new Set(await Promise.all([0, 1, 2, 3].map(who))).size).toBe(1);
  expect(await who(4)).toBe(await pool.run('who', {}, { worker: 1 }));
});

test('an error crosses with its message', async () => {
  await expect(pool.run('fails', {})).rejects.toThrow('on purpose');
});

test('a worker that dies fails its job and is replaced', async () => {
  await expect(pool.run('crash', {}, { worker: 0 })).rejects.toThrow();
  expect(await pool.run('count', { to: 2 }, { worker: 0 })).toBe(2);
});
