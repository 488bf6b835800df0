import { makePlan } from '../pipeline/plan.ts';
import { runSession } from '../pipeline/run.ts';
import type { RunState, SessionState } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { type Station, stations } from '../shared/session.ts';
import type { Desk } from './desk.ts';

/** Watchers hear of progress at most this often. */
const PUBLISH_MS = 100;

/** Runs the session on the desk; whoever watches sees it run. */
export async function* run(
  desk: Desk,
  args: { readonly stations: readonly Station[]; readonly from?: Station },
  signal: AbortSignal,
): AsyncGenerator<RunState, SessionState> {
  const { opened } = desk;
  if (opened.running) throw new UserError('the session is running already', { hint: 'Wait for it, or cancel it.' });
  const { compute, version } = desk.options;
  let at: Station = args.stations[0] ?? 'recording';
  let published = 0;
  opened.failure = undefined;
  try {
    opened.running = { station: at, stage: 'starting', done: 0, of: 1 };
    await checkFirst(desk, args.stations);
    if (opened.savedAt === undefined) await desk.save();
    else await desk.lock();
    const running = runSession(
      opened.workspace,
      { compute, version },
      {
        stations: args.stations,
        ...(args.from && { from: args.from }),
        pending: opened.pending,
        onNote: (note) => desk.note(note),
        onPlan: (plan) => {
          opened.plan = plan;
        },
      },
      signal,
    );
    let step = await running.next();
    while (!step.done) {
      const state = step.value;
      opened.running = state;
      const now = performance.now();
      if (state.station !== at || now - published > PUBLISH_MS) {
        published = now;
        desk.publish();
      }
      at = state.station;
      yield state;
      step = await running.next();
    }
  } catch (error) {
    if (error instanceof UserError) opened.failure = { station: failedAt(desk, error) ?? at, error };
    throw error;
  } finally {
    opened.running = undefined;
    if (desk.isOpen && desk.opened === opened) {
      await desk.refresh();
      desk.publish();
    }
  }
  return desk.state();
}

/** Before the session's folder is made: an error that is known already leaves no trace. */
async function checkFirst(desk: Desk, wanted: readonly Station[]): Promise<void> {
  const { opened } = desk;
  opened.plan = await makePlan(opened.workspace, opened.pending);
  const last = Math.max(...wanted.map((station) => stations.indexOf(station)));
  for (const station of stations.slice(0, last + 1)) {
    const error = opened.plan.errors[station];
    if (error) throw error;
  }
}

/** The station whose own error it is. */
function failedAt(desk: Desk, error: UserError): Station | undefined {
  return stations.find((station) => desk.opened.plan.errors[station] === error);
}
