import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { random } from '../../core/shared/random.ts';
import { cases } from './cases.ts';
import { children } from './children.ts';
import type { FaultCase } from './faultCase.ts';

/*
 * npm run faults [name] [-- --full] [-- --seed N] [-- --json FILE] [-- --list]
 *
 * Kills, full disks, damaged files, races. Each case prints its runs, failures and seed; the same seed repeats the
 * same choices. `name` picks the cases whose name holds it.
 */

interface Outcome {
  readonly name: string;
  readonly runs: number;
  readonly failed: number;
  readonly seed: number;
}

const SHOWN = 10;

async function runCase(fault: FaultCase, seed: number, full: boolean): Promise<Outcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'spikedesk-faults-'));
  const memory = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : scratch, 'spikedesk-faults-'));
  const runs = full ? fault.runs.full : fault.runs.short;
  const started = performance.now();
  const notes: string[] = [];
  const failures: string[] = [];
  try {
    const place = { full, seed, scratch, memory, random: random(seed), note: (text: string) => void notes.push(text) };
    for await (const failure of fault.run(place, runs)) failures.push(failure);
  } catch (error) {
    failures.push(`the case broke off: ${error instanceof Error ? error.stack : error}`);
  } finally {
    for (const folder of [memory, scratch]) await rm(folder, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = failures.length === 0 ? 'passed' : `${failures.length} FAILED`;
  console.log(`${fault.name}: ${verdict} of ${runs}, seed ${seed}, ${seconds} s`);
  for (const note of notes) console.log(`    ${note}`);
  if (failures.length > 0) console.log(`  must hold: ${fault.promise}`);
  if (failures.length > SHOWN) console.log(`  the last ${SHOWN} of ${failures.length}:`);
  for (const failure of failures.slice(-SHOWN)) console.log(`  failed: ${failure}`);
  return { name: fault.name, runs, failed: Math.min(failures.length, runs), seed };
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      seed: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const wanted = positionals.join(' ').toLowerCase();
  const chosen = cases.filter((fault) => fault.name.toLowerCase().includes(wanted));
  if (values.list) for (const fault of chosen) console.log(`${fault.name}: ${fault.promise}`);
  if (values.list) return 0;
  if (chosen.length === 0) {
    console.error(`no fault case "${wanted}". Known: ${cases.map((fault) => fault.name).join(', ')}`);
    return 1;
  }
  const outcomes: Outcome[] = [];
  for (const fault of chosen)
    outcomes.push(
      await runCase(fault, values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed), values.full),
    );
  const failed = outcomes.filter((outcome) => outcome.failed > 0).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ cases: outcomes }, null, 2)}\n`);
  return failed === 0 ? 0 : 1;
}

const [first, job, ...rest] = process.argv.slice(2);
if (first === '--child') {
  await children[job ?? '']!(rest, createInterface({ input: process.stdin }));
  process.exit(); // it may still be listening to its parent
} else process.exitCode = await main(process.argv.slice(2));
