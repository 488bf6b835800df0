import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { writeFileAtomic } from './writeFile.ts';

/** Cut a log after `length` bytes; what follows is kept beside it first, as `.torn` (`.torn-2` …). Returns that path. */
export async function keepTorn(path: string, length: number): Promise<string> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(size - length), 0, size - length, length);
    const torn = freeName(`${path}.torn`);
    await writeFileAtomic(torn, buffer);
    await file.truncate(length);
    await file.datasync();
    return torn;
  } finally {
    await file.close();
  }
}

function freeName(path: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? path : `${path}-${n}`;
    if (!existsSync(name)) return name;
  }
}
