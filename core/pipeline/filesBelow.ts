import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

// Labels (.tsv) and logs of other programs change without changing the spikes.
const KEPT = /\.(npy|npz|json)$/i;

/** The array and JSON files of a folder and those below it, or the file itself, in the order of their names; hidden ones left out. */
export async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = await Promise.all(
    entries.map((entry) =>
      entry.isDirectory()
        ? filesBelow(join(path, entry.name))
        : entry.isFile() && KEPT.test(entry.name)
          ? [join(path, entry.name)]
          : [],
    ),
  );
  return below.flat();
}
