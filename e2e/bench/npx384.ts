import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from '../conformance/place.ts';
import type { BenchPlace } from './bench.ts';
import { madeData } from './desk.ts';

export const SECONDS = 60;

/** The folder of npx384 (384 channels, 60 s), made once by ../shared/bench/make_dataset.py; its file in the page cache. */
export async function npx384({ python, dist }: BenchPlace): Promise<string> {
  const folder = join(madeData, 'npx384');
  if (!existsSync(join(folder, 'truth.json'))) {
    const shared = sharedFolder(fileURLToPath(new URL('..', dist)));
    if (!python || !shared)
      throw new Error('no SpikeInterface, or no ../shared/bench/make_dataset.py, to make npx384 with');
    mkdirSync(madeData, { recursive: true });
    const script = join(shared, 'bench', 'make_dataset.py');
    execFileSync(python, [script, madeData, '--only', 'npx384', '--duration', String(SECONDS)], { stdio: 'ignore' });
  }
  for await (const _ of createReadStream(join(folder, 'recording', 'traces_cached_seg0.raw'), {
    highWaterMark: 1 << 22,
  }));
  return folder;
}
