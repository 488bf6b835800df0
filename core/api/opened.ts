import { nodesOf, type Plan } from '../pipeline/plan.ts';
import { folderOf, type Workspace } from '../pipeline/workspace.ts';
import type { RunState, SessionState } from '../shared/api.ts';
import { type Curation, toCurationState } from '../shared/curation.ts';
import type { UserError } from '../shared/errors.ts';
import type { Station } from '../shared/session.ts';
import type { Journal } from '../store/journal.ts';
import type { Lock } from '../store/lock.ts';
import type { Borrowed } from './desk.ts';
import type { Results } from './results.ts';

/** The session on the desk: what is known of it now. Replaced as a whole part by part; never half changed. */
export interface Opened {
  workspace: Workspace;
  plan: Plan;
  /** Params of the recording the user has not confirmed yet. */
  pending: readonly string[];
  /** session.json lies on the disk as it is here. */
  savedAt: string | undefined;
  /** The last edit was on the disk. */
  editedAt: string | undefined;
  notices: readonly string[];
  lock: Lock | undefined;
  journal: Journal | undefined;
  curation: Curation | undefined;
  running: RunState | undefined;
  /** What stopped the last run, until something changes. */
  failure: { readonly station: Station; readonly error: UserError } | undefined;
  /** What the views read. */
  results: Results | undefined;
}

/** What the window is told. */
export function toSessionState(opened: Opened, version: number, borrowed?: Borrowed): SessionState {
  const { workspace, plan, pending, savedAt, editedAt, notices, curation, running, results } = opened;
  const { sorting } = plan;
  const { info = borrowed?.info, layout = borrowed?.layout } = plan;
  const accuracy = accuracyIn(sorting?.more.accuracy);
  return {
    version,
    session: workspace.session,
    folder: folderOf(workspace),
    ...(savedAt !== undefined && { file: workspace.file, savedAt }),
    ...(editedAt !== undefined && { editedAt }),
    ...(info && { recording: info }),
    nodes: nodesOf(plan.recording ?? plan.source).map(({ label }) => label),
    ...(layout && { layout }),
    asks: pending.length > 0 ? pending : plan.asks,
    stations: stationsNow(opened),
    ...(running && { running }),
    ...(curation && { curation: toCurationState(curation) }),
    ...(results && { unitsFrom: results.from }),
    ...(accuracy && { accuracy }),
    notices,
  };
}

/** The plan's, with what runs and what has failed. */
function stationsNow({ plan, running, failure }: Opened): SessionState['stations'] {
  if (running) return { ...plan.stations, [running.station]: { ...plan.stations[running.station], state: 'running' } };
  if (!failure) return plan.stations;
  const { station, error } = failure;
  const told = { message: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  return { ...plan.stations, [station]: { ...plan.stations[station], state: 'failed', error: told } };
}

/** As the sort station wrote it into its marker. */
function accuracyIn(value: unknown): SessionState['accuracy'] {
  if (typeof value !== 'object' || value === null || !('mean' in value) || !('byUnit' in value)) return undefined;
  const { mean, byUnit } = value;
  if (typeof mean !== 'number' || !Array.isArray(byUnit)) return undefined;
  return { mean, byUnit };
}
