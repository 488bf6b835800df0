import type { UnionUnit } from '../analyzer/curated.ts';
import { canonical } from '../shared/json.ts';

/** Asks for units that are not known yet; what is told of the others follows from their spikes and stays true. */
export function knownUnits<Row>(
  ask: (units: readonly UnionUnit[], signal: AbortSignal) => Promise<readonly Row[]>,
): (units: readonly UnionUnit[], signal: AbortSignal) => Promise<readonly Row[]> {
  const known = new Map<string, Row>();
  return async (units, signal) => {
    const keys = units.map(({ from }) => canonical(from));
    const unknown = units.filter((_, i) => !known.has(keys[i]!));
    const rows = unknown.length > 0 ? await ask(unknown, signal) : [];
    for (const [i, row] of rows.entries()) known.set(canonical(unknown[i]!.from), row);
    return keys.flatMap((key) => {
      const row = known.get(key);
      return row === undefined ? [] : [row];
    });
  };
}
