import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { fileError } from '../store/fileError.ts';
import { restoreFolder } from '../store/folder.ts';
import { readJson, writeJson } from '../store/json.ts';

/** spikedesk.json in a folder of results: what it was computed from. Other programs ignore it. */
export interface Marker {
  readonly key: string;
  /** Said on the screen and by the command line. */
  readonly detail: string;
  /** Version of Spikedesk that made it. */
  readonly madeBy: string;
  readonly more: Readonly<Record<string, Json>>;
}

const NAME = 'spikedesk.json';

export async function writeMarker(folder: string, marker: Marker): Promise<void> {
  await writeJson(join(folder, NAME), { spikedesk: 1, ...marker });
}

/** Undefined if there is no such folder or it is empty; UserError if what lies there is not of our making. */
export async function readMarker(folder: string): Promise<Marker | undefined> {
  if (!isThere(folder)) return undefined;
  if (!existsSync(join(folder, NAME))) {
    if (readdirSync(folder).length === 0) return undefined;
    throw new UserError(`${folder} holds something else than results of Spikedesk`, {
      path: folder,
      hint: 'Move it away, or choose another folder. Nothing in it was touched.',
    });
  }
  const value = await readJson(join(folder, NAME));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { key, detail, madeBy, more } = value as Readonly<Record<string, Json | undefined>>;
  if (typeof key !== 'string') return undefined;
  return {
    key,
    detail: typeof detail === 'string' ? detail : '',
    madeBy: typeof madeBy === 'string' ? madeBy : '',
    more: typeof more === 'object' && more !== null && !Array.isArray(more) ? (more as Record<string, Json>) : {},
  };
}

/** UserError if it is no folder, or a part of its path is none. */
function isThere(folder: string): boolean {
  try {
    restoreFolder(folder);
    if (existsSync(folder)) readdirSync(folder);
    return existsSync(folder);
  } catch (error) {
    throw fileError(error, 'read', folder);
  }
}
