import { join } from 'node:path';
import { originals } from '../../core/shared/content.ts';
import type { CuratedUnit, InitialUnit } from '../../core/shared/curatedUnits.ts';
import { type Curation, type CurationEvent, curate, replay } from '../../core/shared/curation.ts';
import { UserError } from '../../core/shared/errors.ts';
import type { Random } from '../../core/shared/random.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { openJournal } from '../../core/store/journal.ts';
import type { FaultCase } from './faultCase.ts';
import { NaiveCuration } from './naiveCuration.ts';
import { randomEvent } from './randomEdit.ts';

const STEPS = 100;
const groups = ['', 'good', 'mua'];

/** Random edits, undo, redo and reopening, step by step against the naive model; one in ten through a real journal. */
export const sequences: FaultCase = {
  name: 'sequences',
  promise: 'after any edits state = naive model; undoing all is the start; every spike in one unit; ids never reused',
  runs: { short: 200, full: 10_000 },
  async *run({ random, scratch }, runs) {
    for (let run = 0; run < runs; run++) {
      const texts = random.integer(4) === 0;
      const unitOf = Array.from({ length: 60 }, () => (texts ? `u${random.integer(12)}` : random.integer(12)));
      try {
        await sequence(unitOf, random, run % 10 === 0 ? join(scratch, String(run)) : undefined);
      } catch (error) {
        yield `sequence ${run}: ${error instanceof Error ? error.message : error}`;
      }
    }
  },
};

/** unitOf: unit of each spike. */
async function sequence(unitOf: readonly UnitId[], random: Random, folder: string | undefined): Promise<void> {
  const initial = [...new Set(unitOf)].map((unitId): InitialUnit => {
    const group = groups[random.integer(3)]!;
    return { unitId, numSpikes: unitOf.filter((unit) => unit === unitId).length, group };
  });
  const named = initial.filter((unit) => unit.group !== '').map((unit) => [unit.unitId, unit.group ?? ''] as const);
  const naive = new NaiveCuration(unitOf, new Map(named));
  const start = state(replay(initial, []), unitOf).join('\n');
  const ids = new Set(initial.map((unit) => String(unit.unitId)));
  let journal = folder === undefined ? undefined : await openJournal(folder, { base: 'sequences' });
  let curation = replay(initial, []);
  for (let step = 0; step < STEPS; step++) {
    expectRefusals(curation);
    const event = randomEvent(curation, random);
    if (event.type === 'merge') {
      if (ids.has(String(event.into))) throw new Error(`step ${step}: id ${event.into} is used again`);
      ids.add(String(event.into));
    }
    curation = curate(curation, event);
    await journal?.append(event);
    naive.do(event);
    same(`step ${step} (${event.type})`, state(curation, unitOf).join('\n'), naive.state().join('\n'));
    if (random.integer(20) > 0) continue;
    await journal?.close();
    if (folder !== undefined) journal = await openJournal(folder, { base: 'sequences' });
    const events: readonly CurationEvent[] = journal?.events ?? JSON.parse(JSON.stringify(curation.events));
    const again = replay(initial, events);
    same(`reopened at step ${step}`, whole(again), whole(curation));
    curation = again;
  }
  await journal?.close();
  while (curation.done.length > 0) curation = curate(curation, { type: 'undo' });
  same('all undone', state(curation, unitOf).join('\n'), start);
}

/** As NaiveCuration.state(); throws if a spike is in no unit or in two. */
function state({ units }: Curation, unitOf: readonly UnitId[]): string[] {
  const all = [...units.inForce.values(), ...units.removed.values()].flatMap((unit) => originals(unit.content));
  if (new Set(all).size < all.length || all.length < new Set(unitOf).size)
    throw new Error(`spikes are in no unit or in two: ${all.join()}`);
  return [...units.inForce.values()].map((unit) => described(unit, unitOf)).sort();
}

function described({ unitId, content, numSpikes, group, labels }: CuratedUnit, unitOf: readonly UnitId[]): string {
  const parts = new Set(originals(content));
  const spikes = unitOf.flatMap((unit, spike) => (parts.has(unit) ? [spike] : []));
  if (spikes.length !== numSpikes)
    throw new Error(`unit ${unitId} counts ${numSpikes} spikes, it has ${spikes.length}`);
  const named = [...(group === '' ? [] : [['', [group]] as const]), ...Object.entries(labels)];
  const texts = named.map(([key, values]) => `${unitId} ${key}=${JSON.stringify(values)}`);
  return `${unitId}: ${spikes.join()}; ${texts.sort().join('; ')}`;
}

/** Maps and sets as text. */
function whole({ units, done, undone, used }: Curation): string {
  return JSON.stringify([[...units.inForce], [...units.removed], done, undone, [...used].sort()]);
}

function same(when: string, ours: string, theirs: string): void {
  if (ours !== theirs) throw new Error(`${when}: states differ\n${ours}\nnaive model:\n${theirs}`);
}

/** Impossible events throw a UserError and change nothing. */
function expectRefusals(curation: Curation): void {
  const [first, second] = curation.units.inForce.keys();
  const events: CurationEvent[] = [{ type: 'remove', unitIds: ['no such unit'] }];
  if (first !== undefined && second !== undefined) {
    events.push({ type: 'merge', unitIds: [first, first], into: -1 });
    events.push({ type: 'merge', unitIds: [first, second], into: first });
  }
  if (curation.undone.length === 0) events.push({ type: 'redo' });
  const before = whole(curation);
  for (const event of events) {
    try {
      curate(curation, event);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      continue;
    }
    throw new Error(`was accepted: ${JSON.stringify(event)}`);
  }
  same('after refusals', whole(curation), before);
}
