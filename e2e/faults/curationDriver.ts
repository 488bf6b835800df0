import { setTimeout as wait } from 'node:timers/promises';
import { type Curation, type CurationEvent, curate } from '../../core/shared/curation.ts';
import { type Random, random } from '../../core/shared/random.ts';
import { type Desk, launch } from '../desk.ts';
import { ask, killAll, startPlain } from './curationApp.ts';
import { lossIn, readCuration } from './curationFolder.ts';
import { make, randomMove, toCurate } from './curationKeys.ts';
import { newPlace, openIn, type Place, tell, undoAll } from './curationPlace.ts';
import { traced } from './curationTraced.ts';
import { randomEvent } from './randomEdit.ts';

/*
 * node curationDriver.mjs SEED RUNS: what the case `curation` does as an ordinary user on a display. It starts the app,
 * curates in it, kills it, looks. What it finds goes line by line into OUTPUT/curation.jsonl.
 */

/** Runs on one folder, so that kills come on top of kills. */
const RUNS_A_FOLDER = 10;

/** When the runs are killed: curating over a port or by keys, opening the session, in the app's first second. */
const MOMENTS = ['port', 'keys', 'port', 'open', 'start', 'port'] as const;
type Moment = (typeof MOMENTS)[number];

interface Figures {
  readonly acknowledged: Record<'port' | 'keys', number>;
  /** Actions under way when the kill came that the journal has. */
  underway: number;
  torn: number;
  undone: number;
  readonly waitsMs: number[];
  readonly runsMs: number[];
}

/** An action to come, and how it is done. Resolves once it is acknowledged to us. */
interface Action {
  readonly event: CurationEvent;
  act(): Promise<void>;
}

async function overPort({ page }: Desk, curation: Curation, chance: Random): Promise<Action> {
  const event = randomEvent(curation, chance);
  return { event, act: async () => void (await ask(page, 'curate', event)) };
}

async function byKeys({ page }: Desk, curation: Curation, chance: Random): Promise<Action> {
  const move = await randomMove(page, curation, chance);
  return { event: move.event, act: () => make(page, move, curation.events.length) };
}

/** Curates until it is killed; gives the action that was under way then. */
async function curateUntilKilled(
  desk: Desk,
  start: Curation,
  { acknowledged }: Place,
  way: 'port' | 'keys',
  chance: Random,
  figures: Figures,
): Promise<CurationEvent | undefined> {
  let curation = start;
  let underway: CurationEvent | undefined;
  try {
    for (;;) {
      const { event, act } = await (way === 'keys' ? byKeys : overPort)(desk, curation, chance);
      underway = event;
      const before = performance.now();
      await act();
      acknowledged.add(event);
      underway = undefined;
      figures.acknowledged[way]++;
      if (way === 'port') figures.waitsMs.push(performance.now() - before);
      curation = curate(curation, event);
    }
  } catch (error) {
    if (!isEnd(error)) throw error;
    return underway;
  }
}

/** What Playwright says of a page whose app is no more. */
function isEnd(error: unknown): boolean {
  return /closed|crashed|disconnected/.test(String(error));
}

/** One start and one kill. Gives the action that was under way. */
async function killOnce(
  place: Place,
  moment: Moment,
  events: readonly CurationEvent[],
  chance: Random,
  figures: Figures,
): Promise<CurationEvent | undefined> {
  if (moment === 'start') {
    const child = startPlain(place.home);
    await wait(chance.uniform() * 1000);
    await killAll(child.pid ?? -1);
    return undefined;
  }
  const desk = await launch(place.home);
  const pid = desk.app.process().pid ?? -1;
  const killIn = (ms: number) => wait(chance.uniform() * ms).then(() => killAll(pid));
  try {
    if (moment === 'open') {
      const kill = killIn(300);
      await openIn(desk, place, events).catch((error: unknown) => {
        if (!isEnd(error)) throw error;
      });
      await kill;
      return undefined;
    }
    const curation = await openIn(desk, place, events);
    if (moment === 'keys') await toCurate(desk.page);
    const kill = killIn(moment === 'keys' ? 2500 : 1200);
    const underway = await curateUntilKilled(desk, curation, place, moment, chance, figures);
    await kill;
    return underway;
  } finally {
    await killAll(pid);
  }
}

/** What the kill left must be what was acknowledged. Gives the log as it is now. */
async function look(
  { folder, acknowledged }: Place,
  underway: CurationEvent | undefined,
  figures: Figures,
): Promise<readonly CurationEvent[]> {
  const { events, torn } = await readCuration(folder);
  if (torn) figures.torn++;
  const known = acknowledged.read();
  const loss = lossIn(events, known, underway);
  if (loss !== undefined) throw new Error(loss);
  for (const event of events.slice(known.length)) {
    figures.underway++;
    acknowledged.add(event); // it is there now, so it has to stay
  }
  return events;
}

async function undoneInApp(place: Place, events: readonly CurationEvent[]): Promise<number> {
  const desk = await launch(place.home);
  try {
    const curation = await openIn(desk, place, events);
    await undoAll(desk, curation);
    return curation.done.length;
  } finally {
    await killAll(desk.app.process().pid ?? -1);
  }
}

/** Runs one folder as far as nothing is wrong with it. */
async function runFolder(place: Place, from: number, to: number, chance: Random, figures: Figures): Promise<void> {
  let events: readonly CurationEvent[] = [];
  for (let run = from; run < to; run++) {
    const before = performance.now();
    const moment = MOMENTS[run % MOMENTS.length] ?? 'port';
    try {
      events = await look(place, await killOnce(place, moment, events, chance, figures), figures);
    } catch (error) {
      return tell({ failure: `run ${run} (${moment}): ${textOf(error)}` });
    }
    figures.runsMs.push(performance.now() - before);
  }
  try {
    figures.undone += await undoneInApp(place, events);
  } catch (error) {
    tell({ failure: `after run ${to - 1}: ${textOf(error)}` });
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));

async function main(seed: number, runs: number): Promise<void> {
  const chance = random(seed);
  const acknowledged = { port: 0, keys: 0 };
  const figures: Figures = { acknowledged, underway: 0, torn: 0, undone: 0, waitsMs: [], runsMs: [] };
  for (let run = 0; run < runs; run += RUNS_A_FOLDER)
    await runFolder(await newPlace(String(run)), run, Math.min(runs, run + RUNS_A_FOLDER), chance, figures);
  await traced(await newPlace('traced'), chance).catch((error: unknown) =>
    tell({ failure: `strace: ${textOf(error)}` }),
  );
  const waits = figures.waitsMs.sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? Number.NaN).toFixed(1);
  const mean = figures.runsMs.reduce((sum, ms) => sum + ms, 0) / figures.runsMs.length / 1000;
  const of = `${acknowledged.port + acknowledged.keys} actions acknowledged, ${acknowledged.keys} of them by keys`;
  tell({ note: `${of}; ${figures.underway} more that were under way at the kill are there too` });
  tell({ note: `${figures.torn} lines cut by the kill set aside; ${figures.undone} actions undone again in the app` });
  tell({ note: `an action takes p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; a start, kill and look ${mean.toFixed(1)} s` });
}

const [seed, runs] = process.argv.slice(2);
await main(Number(seed), Number(runs));
