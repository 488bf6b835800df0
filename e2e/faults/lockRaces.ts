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

/** In turn: fifty race for a free lock; its holder is killed and fifty race for that; killed again and one comes alone. */
const turns = ['free lock', 'take-over', 'alone'] as const;

export const lockRaces: FaultCase = {
  name: 'lock races',
  promise: '50 starters are one writer; after kill -9 of the writer the next one has the lock in under a second',
  runs: { short: 12, full: 300 },
  async *run({ scratch, note }, runs) {
    const takers: Child[] = Array.from({ length: STARTERS }, () => startChild('lockTaker', []));
    let slowest = 0;
    try {
      let path = '';
      for (let run = 0; run < runs; run++) {
        const turn = turns[run % turns.length]!;
        if (turn === 'free lock') path = join(scratch, randomUUID());
        const racers = turn === 'alone' ? takers.slice(0, 1) : [...takers];
        for (const racer of racers) racer.tell(`take ${path}`);
        const answers = await Promise.all(racers.map(async (racer) => parsed(await racer.next())));
        const winners = racers.filter((_, i) => answers[i]!.won);
        const odd = answers.find((answer) => !answer.won && !answer.why.includes('is in use by another Spikedesk'));
        if (odd) yield `run ${run} (${turn}): a loser was told: ${odd.why}`;
        if (winners.length !== 1) yield `run ${run} (${turn}): ${winners.length} writers`;
        if (turn === 'alone') slowest = Math.max(slowest, answers[0]!.ms);
        for (const winner of winners) {
          if (turn === 'alone') {
            winner.tell('release');
            await winner.next();
          } else {
            await winner.kill();
            takers[takers.indexOf(winner)] = startChild('lockTaker', []);
          }
        }
      }
      if (slowest >= 1000) yield `after a kill the next writer waited ${slowest.toFixed(0)} ms`;
      note(`after a kill the next writer waited at most ${slowest.toFixed(0)} ms`);
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
