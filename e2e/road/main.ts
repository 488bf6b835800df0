import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPlace, sharedFolder } from '../conformance/place.ts';
import { analyzerFolders } from './analyzerFolders.ts';
import { badChannels } from './badChannels.ts';
import { badInput } from './badInput.ts';
import type { RoadCheck, RoadPlace } from './check.ts';
import { curated } from './curated.ts';
import { demo } from './demo.ts';
import { interrupted } from './interrupted.ts';
import { locust } from './locust.ts';
import { moved } from './moved.ts';
import { pythonOf } from './oracle.ts';
import { preprocessSteps } from './preprocessSteps.ts';
import { save } from './save.ts';

/*
 * npm run road [name]: the road without a window, on the built command line, held against phylib and SpikeInterface.
 */

const checks: readonly RoadCheck[] = [
  demo,
  locust,
  curated,
  moved,
  preprocessSteps,
  badChannels,
  ...analyzerFolders,
  ...interrupted,
  ...save,
  ...badInput,
];

async function main(names: readonly string[]): Promise<number> {
  const outer = await mkdtemp(join(tmpdir(), 'spikedesk-road-'));
  const scratch = join(outer, 'a "b" c\'d #é日');
  await mkdir(scratch);
  const shared = sharedFolder(fileURLToPath(new URL('..', import.meta.url)));
  const golden = shared === undefined ? undefined : openPlace(shared);
  const place: RoadPlace = {
    scratch,
    ...(shared !== undefined && { shared }),
    data: () => golden?.data() ?? Promise.reject(new Error('no ../shared')),
    python: pythonOf,
  };
  let passed = 0;
  let failed = 0;
  try {
    for (const check of checks) {
      if (names.length > 0 && !names.some((name) => check.name.includes(name))) continue;
      try {
        const figure = await check.run(place);
        const tried = !figure.startsWith('left out');
        console.log(`${tried ? 'ok     ' : '-      '} ${check.name}: ${figure}`);
        if (tried) passed++;
      } catch (error) {
        console.log(`FAILED  ${check.name}: ${error instanceof Error ? error.message : error}`);
        failed++;
      }
    }
  } finally {
    golden?.close();
    await rm(outer, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
