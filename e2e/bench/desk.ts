import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../builtApp.ts';
import { answerMemory } from './memory.ts';

/** Recordings that are slow to make stay here, outside of the checkout. */
export const madeData = join(tmpdir(), 'spikedesk-bench-data');

/** A figure as a driver tells it. */
export interface Told {
  readonly name: string;
  readonly value: number;
}

/**
 * Runs e2e/bench/NAME.ts as an ordinary user on a display with the built app; it writes its figures (`tell`) into
 * OUTPUT/figures.jsonl. What it prints is seen at once.
 */
export async function drive(name: string, args: readonly string[]): Promise<Told[]> {
  const { setup, bundle, withStage } = await scripts();
  setup('all');
  await bundle(`e2e/bench/${name}.ts`, `dist/${name}.mjs`, { packages: 'external' });
  const text = await withStage(async ({ app, output, env, exec }) => {
    const end = answerMemory(output);
    const code = await exec([process.execPath, join(app, `dist/${name}.mjs`), ...args], env).finally(end);
    if (code !== 0) throw new Error(`${name} ended with code ${code}`);
    const path = join(output, 'figures.jsonl');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  });
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
