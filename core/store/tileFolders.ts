import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers } from './siblings.ts';

/** Marks a recording's folder of tiles as used now, and clears what a killed process left in it. */
export async function openTileFolder(folder: string): Promise<readonly string[]> {
  removeLeftovers(folder);
  const now = new Date();
  await utimes(folder, now, now);
  return await readdir(folder);
}

/** Removes the folders below `root` that were used longest ago until all are below `limit` bytes; never `keep`. */
export async function limitTileFolders(root: string, keep: string, limit: number): Promise<void> {
  const folders = await Promise.all(
    (await readdir(root)).map(async (name) => {
      const path = join(root, name);
      return { path, bytes: await bytesIn(path), used: (await stat(path)).mtimeMs };
    }),
  );
  let bytes = folders.reduce((sum, folder) => sum + folder.bytes, 0);
  for (const folder of folders.sort((a, b) => a.used - b.used)) {
    if (bytes <= limit) return;
    if (folder.path === keep) continue;
    await rm(folder.path, { recursive: true, force: true });
    bytes -= folder.bytes;
  }
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
