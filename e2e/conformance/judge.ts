import type { Verdict } from './area.ts';
import { difference, type Kind } from './difference.ts';

/** One row of tolerances.ts: entry (or entry#part), kind, the most it may be, why that much. */
export type Tolerance = readonly [entry: string, kind: Kind, value: number, why: string];

export interface Miss {
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
  const { entry, part = '', note } = verdict;
  if ('missing' in verdict) return { text: 'not implemented', part, implemented: false };
  const row = tolerances.get(`${entry}#${part}`) ?? tolerances.get(entry);
  const remark = note ? `: ${note}` : '';
  if (!row) return { text: `has no row in tolerances.ts${remark}`, part, implemented: true };
  const [, kind, value] = row;
  const error = 'error' in verdict ? verdict.error : difference(kind, verdict);
  if (error <= value) return undefined;
  return { text: `${kind} ${figure(error)}, may be ${figure(value)}${remark}`, part, implemented: true };
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
