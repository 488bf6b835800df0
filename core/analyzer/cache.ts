import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { type Contents, readContents } from './contents.ts';
import { extensionFolder, readStored, type Stored, storedStamp } from './stored.ts';

interface Cached {
  readonly stamp: string;
  readonly contents: Promise<Contents>;
  readonly extensions: Map<string, { readonly stamp: string; readonly stored: Promise<Stored | undefined> }>;
}

/** What this thread has read, by folder; the folders used last. */
const cached = new Map<string, Cached>();
const FOLDERS = 3;

function entry(folder: string): Cached {
  const stamp = ['settings.json', 'sorting/spikes.npy', 'recording_info/recording_attributes.json']
    .map((file) => fileStamp(join(folder, file)))
    .join(' ');
  const known = cached.get(folder);
  cached.delete(folder);
  const fresh = known?.stamp === stamp ? known : { stamp, contents: readContents(folder), extensions: new Map() };
  fresh.contents.catch(() => cached.delete(folder));
  cached.set(folder, fresh);
  for (const old of [...cached.keys()].slice(0, -FOLDERS)) cached.delete(old);
  return fresh;
}

function fileStamp(path: string): string {
  if (!existsSync(path)) return '';
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino}:${mtimeMs}:${size}`;
}

/** The analyzer in `folder`; read once a thread, and again when its files have changed. */
export function contentsOf(folder: string): Promise<Contents> {
  return entry(folder).contents;
}

/** One of its extensions, kept likewise. Of `waveforms` only the params: the arrays are read by rows. */
export function storedOf(folder: string, name: string): Promise<Stored | undefined> {
  const { extensions } = entry(folder);
  const place = extensionFolder(folder, name);
  const stamp = storedStamp(place);
  const known = extensions.get(name);
  if (known?.stamp === stamp) return known.stored;
  const stored = readStored(place, name === 'waveforms' ? [] : undefined);
  stored.catch(() => extensions.delete(name));
  extensions.set(name, { stamp, stored });
  return stored;
}

/** An extension that `by` cannot do without. */
export async function neededExtension(folder: string, by: string, name: string): Promise<Stored> {
  const stored = await storedOf(folder, name);
  if (stored) return stored;
  throw new UserError(`"${by}" needs "${name}", which was not computed`, {
    path: folder,
    hint: `Add "${name}" to what is computed in the analyzer.`,
  });
}
