import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CurationEvent, effective } from '../shared/curation.ts';
import type { Json } from '../shared/json.ts';
import { fingerprint, hashJson } from '../store/hash.ts';
import { readLines } from '../store/journalLine.ts';
import { findJournal } from '../store/journalPlace.ts';
import { filesBelow } from './filesBelow.ts';
import type { Marker } from './marker.ts';
import { folderOf, fromSession, type Workspace } from './workspace.ts';

export interface CurationOnDisk {
  readonly events: readonly CurationEvent[];
  /** Edits in force. */
  readonly edits: number;
  /** Of the edits in force: the same after an undo and a redo. */
  readonly hash: string;
}

export interface CurationPlace {
  /** The curation is in its `.spikedesk/`. */
  readonly folder: string;
  /** Fingerprint of the sorting it is made on. */
  readonly base: string;
}

/**
 * Where the curation of a session lies: beside an existing sorting, in its own folder, else in the session's folder.
 * Undefined while there is nothing to curate.
 */
export async function curationPlace(
  workspace: Workspace,
  sorting: Marker | undefined,
): Promise<CurationPlace | undefined> {
  const existing = workspace.session.sorting;
  if (existing) {
    const path = fromSession(workspace, existing.path);
    if (!existsSync(path)) return undefined;
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    return { folder, base: await fingerprint(await filesBelow(path)) };
  }
  return sorting && { folder: folderOf(workspace), base: sorting.key };
}

/** The curation of the session's sorting as it lies on the disk. One made on another sorting does not count. */
export async function curationOf(workspace: Workspace, sorting: Marker | undefined): Promise<CurationOnDisk> {
  const place = await curationPlace(workspace, sorting);
  // The sorting's folder may be read-only: then it is kept with the session.
  const bytes = place && (await findJournal(place.folder, folderOf(workspace))).bytes;
  const lines = place && bytes && readLines(bytes, place.base);
  const events = lines && lines.otherBase === undefined ? lines.events : [];
  const edits = effective(events);
  return { events, edits: edits.length, hash: hashJson(edits as unknown as Json) };
}
