import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Curation, type CurationEvent, curate, replay, toCurationState } from '../../core/shared/curation.ts';
import { type Random, random } from '../../core/shared/random.ts';
import { z } from '../../core/shared/zod.ts';
import { type Desk, launch, outputFolder } from '../desk.ts';
import { ask, killAll, openPort, startPlain } from './curationApp.ts';
import { Acknowledged, initialUnits, lossIn, makePhyFolder, readCuration } from './curationFolder.ts';
import { randomEvent } from './randomEdit.ts';

/*
 * node curationDriver.mjs SEED RUNS: what the case `curation` does as an ordinary user on a display. It starts the app,
 * curates in it, kills it, looks. What it finds goes line by line into OUTPUT/curation.jsonl.
 */

/** Runs on one folder, so that kills come on top of kills. */
const RUNS_A_FOLDER = 10;

const stateShape = z.object({
  curation: z.object({ events: z.number(), canUndo: z.boolean(), canRedo: z.boolean(), units: z.array(z.unknown()) }),
});

function tell(line: { readonly failure: string } | { readonly note: string }): void {
  appendFileSync(join(outputFolder, 'curation.jsonl'), `${JSON.stringify(line)}\n`);
}

/** Where a run goes on. */
interface Place {
  readonly home: string;
  readonly folder: string;
  readonly acknowledged: Acknowledged;
}

interface Figures {
  acknowledged: number;
  underway: number;
  torn: number;
  readonly waitsMs: number[];
  readonly runsMs: number[];
}

async function newPlace(name: string): Promise<Place> {
  const root = join(outputFolder, name);
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const folder = join(root, "phy o'dd #1 größe");
  await makePhyFolder(folder);
  return { home, folder, acknowledged: new Acknowledged(join(root, 'acknowledged.jsonl')) };
}

/** Opens the folder in the app; what the window is told must be what the journal makes. */
async function open({ page }: Desk, { folder }: Place, events: readonly CurationEvent[]): Promise<Curation> {
  await openPort(page);
  const answer = await ask(page, 'open', { kind: 'sorting', format: 'phy', path: folder });
  const { curation: shown } = stateShape.parse(answer);
  const curation = replay(initialUnits, events);
  if (!isDeepStrictEqual(shown, JSON.parse(JSON.stringify(toCurationState(curation)))))
    throw new Error(`opened again, the app shows another curation than its ${events.length} events make`);
  return curation;
}

/** Curates until it is killed; gives the action that was under way then. */
async function curateUntilKilled(
  { page }: Desk,
  start: Curation,
  { acknowledged }: Place,
  chance: Random,
  figures: Figures,
): Promise<CurationEvent> {
  let curation = start;
  for (;;) {
    const event = randomEvent(curation, chance);
    const before = performance.now();
    try {
      await ask(page, 'curate', event);
    } catch (error) {
      if (page.isClosed() || /closed|crashed|disconnected/.test(String(error))) return event;
      throw error;
    }
    acknowledged.add(event);
    figures.acknowledged++;
    figures.waitsMs.push(performance.now() - before);
    curation = curate(curation, event);
  }
}

/** One start and one kill. Gives the action that was under way. */
async function killOnce(
  place: Place,
  events: readonly CurationEvent[],
  chance: Random,
  figures: Figures,
): Promise<CurationEvent | undefined> {
  const moment = chance.integer(5);
  if (moment === 0) {
    const child = startPlain(place.home);
    await wait(chance.uniform() * 1000);
    await killAll(child.pid ?? -1);
    return undefined;
  }
  const desk = await launch(place.home);
  const pid = desk.app.process().pid ?? -1;
  const after = (ms: number) => wait(ms).then(() => killAll(pid));
  try {
    if (moment === 1) {
      const kill = after(chance.uniform() * 300);
      await open(desk, place, events).catch((error) => {
        if (!/closed|crashed|disconnected/.test(String(error))) throw error;
      });
      await kill;
      return undefined;
    }
    const curation = await open(desk, place, events);
    const kill = after(chance.uniform() * 500);
    const underway = await curateUntilKilled(desk, curation, place, chance, figures);
    await kill;
    return underway;
  } finally {
    await killAll(pid);
  }
}

async function look(place: Place, underway: CurationEvent | undefined, figures: Figures): Promise<CurationEvent[]> {
  const { events, torn } = await readCuration(place.folder);
  const acknowledged = place.acknowledged.read();
  if (torn) figures.torn++;
  const loss = lossIn(events, acknowledged, underway);
  if (loss !== undefined) throw new Error(loss);
  for (const event of events.slice(acknowledged.length)) {
    figures.underway++;
    place.acknowledged.add(event); // it is there now, so it has to stay
  }
  return [...events];
}

/** All that was done is undone in the app: what is there then is what was there before. */
async function undoAll(place: Place, events: readonly CurationEvent[]): Promise<number> {
  const desk = await launch(place.home);
  try {
    const { done } = await open(desk, place, events);
    let shown: z.output<typeof stateShape> | undefined;
    for (let i = 0; i < done.length; i++) shown = stateShape.parse(await ask(desk.page, 'curate', { type: 'undo' }));
    const first = JSON.parse(JSON.stringify(toCurationState(replay(initialUnits, []))));
    if (shown && !isDeepStrictEqual(shown.curation.units, first.units))
      throw new Error('all actions undone, the units are not those of the start');
    if (shown?.curation.canUndo) throw new Error('all actions undone, there is still one to undo');
    return done.length;
  } finally {
    await killAll(desk.app.process().pid ?? -1);
  }
}

async function main(seed: number, runs: number): Promise<void> {
  const chance = random(seed);
  const figures: Figures = { acknowledged: 0, underway: 0, torn: 0, waitsMs: [], runsMs: [] };
  let undone = 0;
  for (let run = 0; run < runs; ) {
    const place = await newPlace(String(run));
    let events: readonly CurationEvent[] = [];
    const last = Math.min(runs, run + RUNS_A_FOLDER);
    for (; run < last; run++) {
      const before = performance.now();
      try {
        events = await look(place, await killOnce(place, events, chance, figures), figures);
      } catch (error) {
        tell({ failure: `run ${run}: ${error instanceof Error ? error.stack : error}` });
        run = last;
      }
      figures.runsMs.push(performance.now() - before);
    }
    try {
      undone += await undoAll(place, events);
    } catch (error) {
      tell({ failure: `after run ${run - 1}: ${error instanceof Error ? error.stack : error}` });
    }
  }
  const waits = figures.waitsMs.sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? Number.NaN).toFixed(1);
  const mean = figures.runsMs.reduce((sum, ms) => sum + ms, 0) / figures.runsMs.length / 1000;
  tell({
    note: `${figures.acknowledged} actions acknowledged, 0 lost unless told; ${figures.underway} that were under way are there too; ${figures.torn} cut lines set aside; ${undone} undone again`,
  });
  tell({
    note: `an action takes p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; a kill ${mean.toFixed(1)} s with start and check`,
  });
}

const [seed, runs] = process.argv.slice(2);
await main(Number(seed), Number(runs));
