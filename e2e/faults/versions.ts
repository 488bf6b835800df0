import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['a.bin', 'b.json', join('sub', 'c.bin'), join('sub', 'deep', 'empty')];

/** Fills a folder so that each of its files tells the version: what commitFolder is given to build. */
export async function writeVersion(folder: string, version: number, bytes: number): Promise<void> {
  await mkdir(join(folder, 'sub', 'deep'), { recursive: true });
  for (const [i, name] of FILES.entries()) await writeFile(join(folder, name), contentOf(i, version, bytes));
}

/** The version a folder holds, undefined if there is none, or a text that says why it is not whole. */
export function versionOf(folder: string, bytes: number): number | undefined | string {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  if (names.sort().join() !== [...FILES].sort().join()) return `it holds ${names.join(', ') || 'nothing'}`;
  const version = Number(/\d+/.exec(readFileSync(join(folder, 'b.json'), 'utf8'))?.[0]);
  const wrong = FILES.find((name, i) => !readFileSync(join(folder, name)).equals(contentOf(i, version, bytes)));
  return wrong === undefined ? version : `${wrong} is not of version ${version}`;
}

function contentOf(file: number, version: number, bytes: number): Buffer {
  if (file === 1) return Buffer.from(JSON.stringify({ version }));
  return Buffer.alloc(file === 3 ? 0 : bytes + 7 * version, `version ${version} `);
}
