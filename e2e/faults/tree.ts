import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Hash of each file below `folder` by its path, hidden ones and what lies in hidden folders left out. */
export function visibleFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) walk(inside);
      else files.set(inside, hashed(readFileSync(join(folder, inside))));
    }
  };
  walk('');
  return files;
}

/** Everything opening must not change: names, kinds, sizes, times of writing, bytes. One line a file or folder. */
export function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = lstatSync(join(folder, name), { bigint: true });
      const bytes = stat.isFile() ? hashed(readFileSync(join(folder, name))) : 'folder';
      return `${name} ${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${bytes}`;
    });
}

function hashed(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
