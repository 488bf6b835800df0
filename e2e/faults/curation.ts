import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../core/shared/zod.ts';
import { scripts } from '../builtApp.ts';
import type { FaultCase } from './faultCase.ts';

const toldShape = z.union([z.object({ failure: z.string() }), z.object({ note: z.string() })]);

/** kill -9 of the whole app at random moments of curation, in a real window with the sandbox on. */
export const curation: FaultCase = {
  name: 'curation',
  promise:
    'the app killed while it is curated with: every acknowledged action is there, in order, and at most the one under way; the session opens and undoes to its start',
  runs: { short: 5, full: 100 },
  async *run({ seed, note }, runs) {
    const { setup, bundle, installSystemPackages, withStage } = await scripts();
    setup('all');
    if (spawnSync('strace', ['--version']).error) await installSystemPackages(['strace']);
    await bundle('e2e/faults/curationDriver.ts', 'dist/curationDriver.mjs', {
      external: ['electron', 'playwright', '*.node'],
    });
    const told = await withStage(async ({ app, output, env, exec }) => {
      const driver = join(app, 'dist/curationDriver.mjs');
      const code = await exec([process.execPath, '--enable-source-maps', driver, String(seed), String(runs)], env);
      const file = join(output, 'curation.jsonl');
      const lines = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return code === 0 ? lines : `${lines}${JSON.stringify({ failure: `the driver ended with code ${code}` })}\n`;
    });
    for (const line of told.split('\n').slice(0, -1)) {
      const said = toldShape.parse(JSON.parse(line));
      if ('failure' in said) yield said.failure;
      else note(said.note);
    }
  },
};
