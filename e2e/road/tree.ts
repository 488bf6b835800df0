import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file, folder and link below `folder` with its bytes, hashed: equal before and after means nothing was written. */
export function treeHash(folder: string): string {
  const hash = createHash('sha256');
  const walk = (path: string, name: string) => {
    const stat = lstatSync(path);
    hash.update(`${name}\0${stat.mode}\0${stat.isFile() ? stat.size : 0}\0`);
    if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stat.isFile()) hash.update(readFileSync(path));
    else if (stat.isDirectory())
      for (const child of readdirSync(path).sort()) walk(join(path, child), `${name}/${child}`);
  };
  walk(folder, '');
  return hash.digest('hex');
}
