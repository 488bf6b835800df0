import { UserError } from '../shared/errors.ts';
import type { Format } from '../shared/lists.ts';
import type { Recording, SourceSpec } from '../shared/recording.ts';

/** The recordings at `spec.paths`, each as the first of `formats` that finds it. UserError if one needs to be told more. */
export async function recordingsAt(formats: readonly Format[], spec: SourceSpec): Promise<Recording[]> {
  const opened: Recording[] = [];
  try {
    for (const path of spec.paths) {
      const { format, found } = await formatAt(formats, spec.format, path);
      opened.push(await format.open(found));
    }
  } catch (error) {
    for (const recording of opened) recording.close();
    throw error;
  }
  if (opened.length === 0)
    throw new UserError(`${spec.format}: no recordings are named`, { hint: 'List them in paths.' });
  return opened;
}

/** The data files of all of them. */
export async function filesAt(formats: readonly Format[], spec: SourceSpec): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of spec.paths) {
    const { format, found } = await formatAt(formats, spec.format, path);
    files.push(...(await format.files(found)));
  }
  return files;
}

async function formatAt(formats: readonly Format[], name: string, path: string) {
  for (const format of formats) {
    const found = await format.find(path);
    const [first] = found;
    if (!first) continue;
    if (found.length > 1)
      throw new UserError(`${path} holds ${found.length} recordings (${found.map(({ label }) => label).join(', ')})`, {
        path,
        hint: `For ${name} name the file or folder of one of them.`,
      });
    if (first.asks.length > 0)
      throw new UserError(`${path}: ${first.asks.join(', ')} must be known, and the file does not say`, {
        path,
        hint: `Save it as a SpikeInterface folder first; ${name} opens only recordings that say everything themselves.`,
      });
    return { format, found: first.spec };
  }
  throw new UserError(`${path} is no recording that can be read`, { path });
}
