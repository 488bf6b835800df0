import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commitFolder, restoreFolder } from '../../core/store/folder.ts';
import { writeFileAtomic } from '../../core/store/writeFile.ts';
import { type ChildJob, say, startChild } from './child.ts';
import type { FaultCase } from './faultCase.ts';
import { versionOf, writeVersion } from './versions.ts';

const BYTES = 300_000;

/** Replaces a folder and a file by version after version; says each once it is committed. */
export const commitForEver: ChildJob = async ([folder, first]) => {
  for (let version = Number(first); ; version++) {
    const target = join(folder!, 'results');
    await commitFolder(target, (partial) => writeVersion(partial, version, BYTES), { replace: true });
    say({ folder: version });
    await writeFileAtomic(join(folder!, 'session.json'), fileOf(version));
    say({ file: version });
  }
};

const fileOf = (version: number) => `${version} `.repeat(50_000);

/** kill -9 while a results folder and a file are replaced again and again. */
export const folderKills: FaultCase = {
  name: 'folder kills',
  promise: 'kill -9 in a save: the folder and the file are the old or the new ones, never between',
  runs: { short: 20, full: 1000 },
  async *run({ random, scratch, note }, runs) {
    let committed: Versions = { folder: 0, file: 0 };
    let restored = 0;
    let [folder, target] = ['', ''];
    for (let run = 0; run < runs; run++) {
      if (run % 20 === 0) {
        folder = join(scratch, `data 'ü# ${run}`);
        target = join(folder, 'results');
        committed = { folder: 0, file: 0 };
        await mkdir(folder, { recursive: true });
      }
      const next = Math.max(committed.folder, committed.file) + 1;
      const child = startChild('commitForEver', [folder, String(next)]);
      const said = random.integer(5) === 0 ? [] : [await child.next()];
      await wait(random.uniform() * 60);
      said.push(...(await child.kill()));
      if (child.errors() !== '') yield `the child failed: ${child.errors()}`;
      for (const line of said) if (isVersions(line)) committed = { ...committed, ...line };
      if (!existsSync(target) && committed.folder > 0) restored++;
      restoreFolder(target);
      const folderNow = versionOf(target, BYTES) ?? 0;
      const fileNow = fileVersion(join(folder, 'session.json'));
      if (typeof folderNow === 'string') yield `run ${run}: the folder is between: ${folderNow}`;
      else if (folderNow < committed.folder)
        yield `run ${run}: folder ${committed.folder} was committed, ${folderNow} is there`;
      else committed = { ...committed, folder: folderNow };
      // What earlier kills left goes with the next save; the last kill may leave a folder and a file.
      const left = readdirSync(folder).filter((name) => /\.(partial|old|gone)-/.test(name)).length;
      if (left > 3) yield `run ${run}: ${left} leftovers`;
      if (fileNow < committed.file) yield `run ${run}: file ${committed.file} was committed, ${fileNow} is there`;
      else committed = { ...committed, file: fileNow };
    }
    note(`${restored} kills fell between the two renames and were put right`);
  },
};

interface Versions {
  readonly folder: number;
  readonly file: number;
}

/** 0: no file. -1: neither old nor new. */
function fileVersion(path: string): number {
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'utf8');
  const version = Number.parseInt(text, 10);
  return text === fileOf(version) ? version : -1;
}

function isVersions(value: unknown): value is Partial<Versions> {
  return typeof value === 'object' && value !== null;
}
