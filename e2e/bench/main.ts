import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchPlace, Measured } from './bench.ts';
import { benches } from './benches.ts';

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number | undefined;
  readonly peer: number | undefined;
  readonly ratio: number | undefined;
  readonly goal: number;
  readonly limit?: 'most' | 'least';
  readonly met: boolean;
}

/** `npm run bench [name …] [-- --json FILE]`. Exit code 1 if a goal is not met or a row is missing. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'string' } },
  });
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    console.error(`bench: no bench "${unknown}". There are: ${benches.map((bench) => bench.name).join(', ')}`);
    return 1;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'spikedesk-bench-'));
  const place: BenchPlace = { scratch, dist: new URL('./', import.meta.url), python: oraclePython() };
  try {
    const rows: Row[] = [];
    for (const bench of benches)
      if (positionals.length === 0 || positionals.includes(bench.name))
        for await (const row of measure(bench, place)) {
          console.log(line(row));
          rows.push(row);
        }
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows }, undefined, 1)}\n`);
    const met = rows.filter((row) => row.met).length;
    console.log(`${met} of ${rows.length} met`);
    return met === rows.length ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function* measure(bench: Bench, place: BenchPlace): AsyncGenerator<Row, void> {
  const left = new Map(bench.rows.map((row) => [row.name, row]));
  try {
    for await (const { name, ours, peer } of bench.run(place)) {
      const row = left.get(name);
      if (!row) throw new Error(`${bench.name} measures "${name}", which it does not promise`);
      left.delete(name);
      yield judged(`${bench.name}: ${name}`, row, { ours, peer });
    }
  } catch (error) {
    console.error(`${bench.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const row of left.values()) yield judged(`${bench.name}: ${row.name}`, row, undefined);
}

function judged(
  name: string,
  { unit, goal, limit }: Bench['rows'][number],
  measured: Omit<Measured, 'name'> | undefined,
): Row {
  const ratio = measured && (limit === 'least' ? measured.ours / measured.peer : measured.peer / measured.ours);
  return {
    name,
    unit,
    ours: measured?.ours,
    peer: measured?.peer,
    ratio,
    goal,
    ...(limit && { limit }),
    met: ratio !== undefined && ratio >= goal,
  };
}

function line({ name, unit, ours, peer, ratio, goal, limit, met }: Row): string {
  const figure = (value: number | undefined) => value?.toPrecision(3) ?? 'missing';
  if (limit)
    return `${met ? 'met   ' : 'NOT   '} ${name}: ${figure(ours)} ${unit} (at ${limit} ${figure(peer)} ${unit})`;
  return `${met ? 'met   ' : 'NOT   '} ${name}: ours ${figure(ours)} ${unit}, peer ${figure(peer)} ${unit}, ratio ${figure(ratio)} (goal ${goal})`;
}

/** The venv with SpikeInterface 0.105.3. */
function oraclePython(): string | undefined {
  const python = join(process.env.SPIKEDESK_ORACLES ?? '/opt/oracle', 'si105', 'bin', 'python');
  return existsSync(python) ? python : undefined;
}

process.exitCode = await main(process.argv.slice(2));
