import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { GoldenPlace, Verdict } from './area.ts';
import { areas } from './areas.ts';
import { goldenEntries } from './entries.ts';
import { type AreaResult, figures, judge } from './judge.ts';
import { openPlace, sharedFolder } from './place.ts';
import { tolerances } from './tolerances.ts';

/** `npm run conformance [area …] [-- --json FILE] [--list] [--figures]`. Exit code 1 if something that is implemented misses. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'string' }, list: { type: 'boolean' }, figures: { type: 'boolean' } },
  });
  const shared = sharedFolder(fileURLToPath(new URL('..', import.meta.url)));
  if (!shared) {
    console.log('conformance: no golden numbers in ../shared (or SPIKEDESK_SHARED): nothing to compare with');
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ areas: [] })}\n`);
    return 0;
  }
  const place = openPlace(shared);
  try {
    const known: Map<string, readonly string[]> = goldenEntries(place.golden);
    for (const area of areas) if (area.entries) known.set(area.name, await area.entries(place));
    const unknown = positionals.find((name) => !known.has(name));
    if (unknown !== undefined) {
      console.error(`conformance: no area "${unknown}". Areas: ${[...known.keys()].join(', ')}`);
      return 1;
    }
    const chosen = [...known].filter(([name]) => positionals.length === 0 || positionals.includes(name));
    if (values.list) {
      for (const [, entries] of chosen) console.log(entries.join('\n'));
      return 0;
    }
    const results: AreaResult[] = [];
    for (const [name, entries] of chosen) {
      const { verdicts, crashes } = await check(name, place);
      const result = judge(name, entries, verdicts, tolerances);
      results.push({ ...result, misses: [...result.misses, ...crashes] });
      report(results[results.length - 1]!);
      if (!values.figures) continue;
      for (const verdict of verdicts)
        console.log(`  ${verdict.entry} ${verdict.part ?? ''} ${figures(verdict, tolerances)}`);
    }
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ areas: results }, undefined, 1)}\n`);
    return results.some(({ misses }) => misses.some((miss) => miss.implemented)) ? 1 : 0;
  } finally {
    place.close();
  }
}

/** All verdicts on one area. A check that throws is a miss of its own; what it said before counts. */
async function check(name: string, place: GoldenPlace) {
  const verdicts: Verdict[] = [];
  const crashes: AreaResult['misses'][number][] = [];
  for (const area of areas.filter((area) => area.name === name)) {
    try {
      for await (const verdict of area.check(place)) verdicts.push(verdict);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      crashes.push({ entry: `${name} (the check broke off)`, why, implemented: true });
    }
  }
  return { verdicts, crashes };
}

function report({ area, passed, of, misses }: AreaResult): void {
  console.log(`${area}: ${passed} of ${of}`);
  for (const { entry, why } of misses) console.log(`  miss ${entry}: ${why}`);
}

process.exitCode = await main(process.argv.slice(2));
