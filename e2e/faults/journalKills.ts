import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Curation, type CurationEvent, curate, replay } from '../../core/shared/curation.ts';
import { random } from '../../core/shared/random.ts';
import { type Journal, openJournal } from '../../core/store/journal.ts';
import { type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';
import { randomEvent } from './randomEdit.ts';

const initial = Array.from({ length: 40 }, (_, unitId) => ({ unitId, numSpikes: 100 + unitId }));
const base = 'kills';

/** Curates for ever; says each event once it is acknowledged. */
export const curateForEver: ChildJob = async ([folder, seed]) => {
  const chance = random(Number(seed));
  const journal = await openJournal(folder!, { base });
  let curation = replay(initial, journal.events);
  say('open');
  for (;;) {
    const event = randomEvent(curation, chance);
    curation = curate(curation, event);
    const before = performance.now();
    await journal.append(event);
    say({ event, ms: performance.now() - before });
  }
};

interface Ack {
  readonly event: CurationEvent;
  readonly ms: number;
}

/** kill -9 at random moments of curation, again and again on one folder, at times a new one. */
export const journalKills: FaultCase = {
  name: 'journal kills',
  promise: 'kill -9 in curation: no acknowledged event is lost, every journal opens, undo history is intact',
  runs: { short: 20, full: 1000 },
  async *run({ random, scratch, note }, runs) {
    const waits: number[] = [];
    let acknowledged: CurationEvent[] = [];
    let folder = '';
    let torn = 0;
    for (let run = 0; run < runs; run++) {
      if (run % 10 === 0) {
        folder = join(scratch, String(run));
        acknowledged = [];
      }
      const child = startChild('curateForEver', [folder, String(random.integer(2 ** 31))]);
      // Some kills fall into the start, most into the edits.
      const said: unknown[] = random.integer(5) === 0 ? [] : [await child.next()];
      await wait(random.uniform() * 60);
      said.push(...(await child.kill()));
      if (child.errors() !== '') yield `the child failed: ${child.errors()}`;
      const acks = said.filter(isAck);
      waits.push(...acks.map((ack) => ack.ms));
      acknowledged = [...acknowledged, ...acks.map((ack) => ack.event)];
      const found = await look(folder, acknowledged);
      if (typeof found === 'string') yield `run ${run}: ${found}`;
      else {
        torn += found.warnings.length;
        acknowledged = [...found.events];
      }
    }
    waits.sort((a, b) => a - b);
    const p99 = waits[Math.floor(waits.length * 0.99)] ?? Number.NaN;
    note(`${waits.length} events acknowledged, p99 ${p99.toFixed(1)} ms; ${torn} torn tails set aside`);
  },
};

/** What is wrong, or the journal (closed). */
async function look(folder: string, acknowledged: readonly CurationEvent[]): Promise<string | Journal> {
  try {
    const journal = await openJournal(folder, { base });
    await journal.close();
    const lost = acknowledged.findIndex((event, i) => JSON.stringify(event) !== JSON.stringify(journal.events[i]));
    if (lost >= 0) return `event ${lost + 1} of ${acknowledged.length} acknowledged is lost`;
    return undoAll(replay(initial, journal.events)) ?? journal;
  } catch (error) {
    return `does not open: ${error}`;
  }
}

function undoAll(curation: Curation): string | undefined {
  let now = curation;
  while (now.done.length > 0) now = curate(now, { type: 'undo' });
  const start = replay(initial, []);
  return [...now.units.inForce.keys()].join() === [...start.units.inForce.keys()].join()
    ? undefined
    : 'undoing all is not the start';
}

function isAck(value: unknown): value is Ack {
  return typeof value === 'object' && value !== null && 'event' in value;
}
