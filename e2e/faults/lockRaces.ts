import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { acquireLock, type Lock } from '../../core/store/lock.ts';
import { type Child, type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';

const STARTERS = 50;

/** Told "take PATH" tries for a lock and says whether it has it; told "release" gives it up. */
export const lockTaker: ChildJob = async (_, input) => {
  let lock: Lock | undefined;
  for await (const line of input) {
    if (line === 'release') {
      await lock?.release();
      say('released');
      continue;
    }
    const before = performance.now();
    try {
      lock = await acquireLock(line.slice('take '.length));
      say({ won: true, ms: performance.now() - before });
    } catch (error) {
      say({ won: false, why: String(error) });
    }
  }
};

/** Fifty processes race for a free lock, the winner is killed, the others race for what it left; and so on. */
export const lockRaces: FaultCase = {
  name: 'lock races',
  promise: '50 starters are one writer; after kill -9 of the writer the next one has the lock in under a second',
  runs: { short: 10, full: 100 },
  async *run({ scratch, note }, runs) {
    const takers: Child[] = Array.from({ length: STARTERS }, () => startChild('lockTaker', []));
    let slowest = 0;
    try {
      let path = '';
      for (let run = 0; run < runs; run++) {
        const isTakeOver = run % 2 === 1;
        if (!isTakeOver) path = join(scratch, randomUUID());
        for (const taker of takers) taker.tell(`take ${path}`);
        const answers = await Promise.all(takers.map(async (taker) => parsed(await taker.next())));
        const winners = takers.filter((_, i) => answers[i]!.won);
        const odd = answers.find((answer) => !answer.won && !answer.why.includes('is in use by another Spikedesk'));
        if (odd) yield `run ${run}: a loser was told: ${odd.why}`;
        if (winners.length !== 1)
          yield `run ${run} (${isTakeOver ? 'take-over' : 'free lock'}): ${winners.length} writers`;
        slowest = Math.max(slowest, ...answers.map((answer) => answer.ms));
        for (const winner of winners) {
          if (isTakeOver) {
            winner.tell('release');
            await winner.next();
          } else {
            await winner.kill();
            takers[takers.indexOf(winner)] = startChild('lockTaker', []);
          }
        }
      }
      if (slowest > 1000) yield `the slowest winner waited ${slowest.toFixed(0)} ms`;
      note(`the slowest winner waited ${slowest.toFixed(0)} ms`);
    } finally {
      await Promise.all(takers.map((taker) => taker.kill()));
    }
  },
};

function parsed(value: unknown): { readonly won: boolean; readonly ms: number; readonly why: string } {
  if (typeof value !== 'object' || value === null) return { won: false, ms: 0, why: 'it ended' };
  return {
    won: Reflect.get(value, 'won') === true,
    ms: Number(Reflect.get(value, 'ms') ?? 0),
    why: String(Reflect.get(value, 'why') ?? ''),
  };
}
