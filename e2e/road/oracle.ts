import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoadPlace } from './check.ts';

const SCRIPTS = fileURLToPath(new URL('../e2e/oracle/', import.meta.url));

export function pythonOf(oracle: string): string | undefined {
  const python = join(process.env.SPIKEDESK_ORACLES ?? '/opt/oracle', oracle, 'bin', 'python');
  return existsSync(python) ? python : undefined;
}

/** Runs one of e2e/oracle's scripts; what it saw. Throws its last words if it fails. */
// biome-ignore lint/suspicious/noExplicitAny: what a script of ours printed a moment ago
export function ask(place: RoadPlace, oracle: 'si105' | 'si101', script: string, ...args: readonly string[]): any {
  const python = place.python(oracle);
  if (!python) return undefined;
  const { status, stdout, stderr } = spawnSync(python, [join(SCRIPTS, script), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) throw new Error(`${oracle} ${script}: ${stderr.trim().split('\n').slice(-3).join(' | ')}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
