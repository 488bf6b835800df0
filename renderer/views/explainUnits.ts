import { absolutePath } from '../../core/shared/absolutePath.ts';
import type { ViewState } from './view.ts';

/** Where the units and their spikes come from. */
export function explainSpikes({ session }: ViewState): (readonly [string, string])[] {
  const { curation, folder, unitsFrom } = session;
  const edits = curation?.events ?? 0;
  return [
    ['Units', `${curation?.units.length ?? 0} units in force${edits > 0 ? `, after ${edits} lines of curation` : ''}`],
    ['From', unitsFrom ? `${unitsFrom.kind} ${unitsFrom.folder}` : folder],
  ];
}

/** The files that were recorded. */
export function recordedFiles({ session: { session, folder } }: ViewState): string {
  return session.recording.paths.map((path) => absolutePath(folder, path)).join(', ');
}
