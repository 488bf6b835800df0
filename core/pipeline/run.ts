import { dirname, join } from 'node:path';
import type { RunState } from '../shared/api.ts';
import { abortError } from '../shared/errors.ts';
import { type Station, stations } from '../shared/session.ts';
import { makeLastingFolder } from '../store/lastingFolder.ts';
import { removeLeftovers } from '../store/siblings.ts';
import { checkNames } from './checkNames.ts';
import { checkTargets, exportTarget } from './exportPlace.ts';
import { analyzerFolder, makePlan, type Plan } from './plan.ts';
import type { Bench, RunStation } from './runStation.ts';
import { secondsLeftOf } from './secondsLeft.ts';
import { analyze } from './stations/analyze.ts';
import { exportAll } from './stations/export.ts';
import { preprocess } from './stations/preprocess.ts';
import { sort } from './stations/sort.ts';
import { folderOf, type Workspace } from './workspace.ts';

export interface RunOptions {
  /** Stations to bring up to date, with those they need. */
  readonly stations: readonly Station[];
  /** Run from here on although it is up to date. */
  readonly from?: Station;
  /** Called with the new state after each station. */
  readonly onPlan?: (plan: Plan) => void;
  /** Params of the recording the user has not confirmed. */
  readonly pending?: readonly string[];
  /** What the user should know, in words. */
  readonly onNote?: (note: string) => void;
}

/** Nothing is computed at the other stations: they are ready or they are not. */
const work: Readonly<Partial<Record<Station, RunStation>>> = { preprocess, sort, analyze, export: exportAll };

/** Run what is missing or out of date. Each result is there whole or not at all; whoever calls holds the lock. */
export async function* runSession(
  workspace: Workspace,
  bench: Bench,
  options: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<RunState, Plan> {
  let plan = await makePlan(workspace, options.pending);
  await checkBefore(plan, options.stations);
  const from = options.from ? stations.indexOf(options.from) : stations.length;
  for (const [i, station] of stations.entries()) {
    if (!isNeeded(station, options.stations)) continue;
    const error = plan.errors[station];
    if (error) throw error;
    const run = work[station];
    if (!run || (plan.stations[station].state === 'done' && i < from)) continue;
    makeLastingFolder(folderOf(workspace));
    const secondsLeft = secondsLeftOf();
    const job = { signal, force: i >= from, note: options.onNote ?? (() => {}) };
    for await (const progress of run(plan, bench, job)) {
      if (signal.aborted) throw abortError();
      const left = secondsLeft(progress);
      yield { ...progress, station, ...(left !== undefined && { secondsLeft: left }) };
    }
    plan = await makePlan(workspace, options.pending);
    options.onPlan?.(plan);
  }
  sweep(workspace);
  return plan;
}

/** Removes what earlier runs that were killed left beside their results. */
function sweep(workspace: Workspace): void {
  const analyzer = analyzerFolder(workspace);
  removeLeftovers(analyzer, join(analyzer, 'extensions'));
  const results = workspace.session.exports.map((entry) => dirname(exportTarget(workspace, entry)));
  for (const folder of new Set([folderOf(workspace), ...results])) removeLeftovers(folder);
}

/** What would fail after an hour fails now, before anything is written. */
async function checkBefore(plan: Plan, wanted: readonly Station[]): Promise<void> {
  checkNames(plan.workspace.session);
  for (const station of stations) {
    const error = isNeeded(station, wanted) && plan.errors[station];
    if (error) throw error;
  }
  if (wanted.includes('export')) await checkTargets(plan.workspace);
}

/** A run up to a station needs all before it; exports are only made when asked for. */
function isNeeded(station: Station, wanted: readonly Station[]): boolean {
  if (wanted.includes(station)) return true;
  if (station === 'curate' || station === 'export') return false;
  const last = Math.max(...wanted.map((s) => stations.indexOf(s)));
  return stations.indexOf(station) < last;
}
