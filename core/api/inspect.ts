import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formats, sortingFormats } from '../formats/index.ts';
import type { Inspection } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { Found } from '../shared/lists.ts';
import { readJson } from '../store/json.ts';

/** What lies at a path. Reads headers only. UserError if the path is not there, or what is there cannot be read. */
export async function inspect(path: string): Promise<Inspection> {
  if (!existsSync(path)) throw new UserError(`${path} does not exist`, { path, hint: 'Was it moved or renamed?' });
  const session = await sessionAt(path);
  const failures: UserError[] = [];
  const recordings: Found[] = [];
  const sortings: Inspection['sortings'][number][] = [];
  for (const format of formats)
    try {
      recordings.push(...(await format.find(path)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  for (const { name, label, matches } of sortingFormats)
    if (await matches(path)) sortings.push({ format: name, label: `${label}: ${basename(path)}`, path });
  if (!session && recordings.length === 0 && sortings.length === 0 && failures[0]) throw failures[0];
  return { path, ...(session !== undefined && { session }), recordings, sortings };
}

/** session.json at the path or in the folder. */
async function sessionAt(path: string): Promise<string | undefined> {
  if (statSync(path).isDirectory()) {
    const inside = join(path, 'session.json');
    return existsSync(inside) ? inside : undefined;
  }
  if (!path.endsWith('.json')) return undefined;
  const value = await readJson(path);
  return typeof value === 'object' && value !== null && 'spikedesk' in value && 'recording' in value ? path : undefined;
}
