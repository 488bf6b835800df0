import { access, constants, lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';

/** 10^6 edits are half of it. */
const MOST_BYTES = 512 * 1024 * 1024;

export const journalPath = (folder: string) => join(folder, '.spikedesk', 'curation.jsonl');

export interface FoundJournal {
  /** Where it is kept, or will be. */
  readonly path: string;
  /** What lies at `path`. */
  readonly there: Buffer | undefined;
  /** What it holds: of `there`, or of the read-only folder while nothing lies at `path`. */
  readonly bytes: Buffer | undefined;
}

/** The journal of a folder: in it, or in `elsewhere` if it cannot be written to. */
export async function findJournal(folder: string, elsewhere?: string): Promise<FoundJournal> {
  const own = journalPath(folder);
  if (elsewhere === undefined || (await isWritable(folder))) {
    const there = await readJournal(own);
    return { path: own, there, bytes: there };
  }
  const path = journalPath(elsewhere);
  const there = await readJournal(path);
  return { path, there, bytes: there ?? (await readJournal(own)) };
}

/** Could a journal be kept in `folder`? Asks, writes nothing. A folder that is not there yet can be if its parent can. */
async function isWritable(folder: string): Promise<boolean> {
  const path = journalPath(folder);
  const existing = [path, dirname(path)];
  for (let at = folder; ; at = dirname(at)) {
    existing.push(at);
    if ((await exists(at)) || at === dirname(at)) break;
  }
  for (const at of existing) {
    if (!(await exists(at))) continue;
    const writable = await access(at, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!writable || at !== path) return writable;
  }
  return false;
}

async function exists(path: string): Promise<boolean> {
  return (await kind(path)) !== undefined;
}

async function kind(path: string): Promise<'file' | 'folder' | 'other' | undefined> {
  try {
    const stat = await lstat(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw fileError(error, 'read', path);
  }
}

/** The journal's bytes; undefined if there is none. Follows no link: a data folder from elsewhere may hold any. */
export async function readJournal(path: string): Promise<Buffer | undefined> {
  const folder = dirname(path);
  const [inside, file] = [await kind(folder), await kind(path)];
  if (inside !== undefined && inside !== 'folder')
    throw new UserError(`${folder} is a link or a file, not a folder`, {
      path: folder,
      hint: 'Spikedesk keeps the curation in a folder of that name. Rename what lies there.',
    });
  if (file === undefined) return undefined;
  const notOurs = new UserError(`${path} is not a curation file`, { path, hint: 'Move it away.' });
  if (file !== 'file') throw notOurs;
  try {
    if ((await lstat(path)).size > MOST_BYTES) throw notOurs;
    return await readFile(path);
  } catch (error) {
    throw fileError(error, 'read', path);
  }
}
