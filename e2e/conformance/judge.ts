import { dirname } from 'node:path';
import type { Verdict } from './area.ts';
import { difference, type Kind } from './difference.ts';

/** One row of tolerances.ts: entry (or entry#part, or the folder of entries), kind, the most it may be, why that much. */
export type Tolerance = readonly [entry: string, kind: Kind, value: number, why: string];

interface Miss {
  readonly entry: string;
  /** 'not implemented', or what is wrong with which figure. */
  readonly why: string;
  readonly implemented: boolean;
}

export interface AreaResult {
  readonly area: string;
  readonly passed: number;
  readonly of: number;
  readonly misses: readonly Miss[];
}

/** Which of the area's entries pass. Entries without a verdict, and verdicts without an entry or a row, are misses. */
export function judge(
  area: string,
  entries: readonly string[],
  verdicts: readonly Verdict[],
  tolerances: ReadonlyMap<string, Tolerance>,
): AreaResult {
  const misses: Miss[] = [];
  for (const entry of entries) {
    const own = verdicts.filter((verdict) => verdict.entry === entry);
    const faults = own.flatMap((verdict) => faultOf(verdict, tolerances) ?? []);
    if (own.length === 0) misses.push({ entry, why: 'not implemented', implemented: false });
    else if (faults.length > 0)
      misses.push({
        entry,
        why:
          own.length > 1
            ? `${own.length - faults.length} of ${own.length} parts pass; ${summary(faults)}`
            : summary(faults),
        implemented: faults.some((fault) => fault.implemented),
      });
  }
  const passed = entries.length - misses.length;
  const strays = new Set(verdicts.map((verdict) => verdict.entry).filter((entry) => !entries.includes(entry)));
  for (const entry of strays)
    misses.push({ entry, why: 'a check reports it, files.json does not list it', implemented: true });
  return { area, passed, of: entries.length, misses };
}

interface Fault {
  readonly text: string;
  readonly part: string;
  readonly implemented: boolean;
}

function faultOf(verdict: Verdict, tolerances: ReadonlyMap<string, Tolerance>): Fault | undefined {
  const { part = '', note } = verdict;
  if ('missing' in verdict) return { text: 'not implemented', part, implemented: false };
  const row = rowOf(verdict, tolerances);
  const remark = note ? `: ${note}` : '';
  if (!row) return { text: `has no row in tolerances.ts${remark}`, part, implemented: true };
  if (errorOf(verdict, row) <= row[2]) return undefined;
  return { text: `${figures(verdict, tolerances)}${remark}`, part, implemented: true };
}

/** "abs 0.0012, may be 0.001": how near a verdict comes. */
export function figures(verdict: Verdict, tolerances: ReadonlyMap<string, Tolerance>): string {
  const row = rowOf(verdict, tolerances);
  if (!row || 'missing' in verdict) return '';
  return `${row[1]} ${figure(errorOf(verdict, row))}, may be ${figure(row[2])}`;
}

function rowOf({ entry, part }: Verdict, tolerances: ReadonlyMap<string, Tolerance>): Tolerance | undefined {
  return tolerances.get(`${entry}#${part}`) ?? tolerances.get(entry) ?? tolerances.get(dirname(entry));
}

function errorOf(verdict: Exclude<Verdict, { missing: true }>, [, kind]: Tolerance): number {
  return 'error' in verdict ? verdict.error : difference(kind, verdict);
}

function summary(faults: readonly Fault[]): string {
  const missing = faults.filter((fault) => !fault.implemented).map((fault) => fault.part);
  const wrong = faults.filter((fault) => fault.implemented);
  const parts = wrong.map((fault) => (fault.part ? `${fault.part} ${fault.text}` : fault.text));
  if (missing.length > 0)
    parts.push(missing.some(Boolean) ? `not implemented: ${missing.join(', ')}` : 'not implemented');
  return parts.join('; ');
}

function figure(value: number): string {
  return Number.isInteger(value) && value < 1e6 ? String(value) : value.toPrecision(3);
}
