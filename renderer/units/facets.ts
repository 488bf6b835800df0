import type { Column, UnitRow } from './columns.ts';

/** A column of few different words, to choose among them. */
export interface Facet {
  readonly column: string;
  readonly label: string;
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** More values are no choice any more. */
const MOST_VALUES = 8;

/** The value of a facet where a row has none. */
const UNSORTED = 'unsorted';

/** Columns of words with 2 to 8 different values; the group always. */
export function facetsOf(rows: readonly UnitRow[], columns: readonly Column[]): Facet[] {
  return columns.flatMap((column): Facet[] => {
    if (column.numeric || column.name === 'id') return [];
    const counts = new Map<string, number>();
    for (const row of rows) {
      const value = facetValue(row, column);
      counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size > MOST_VALUES) return [];
    }
    if (counts.size < 2) return [];
    const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    return [{ column: column.name, label: column.label, values }];
  });
}

/** Whether the chosen values let a row through. */
export function passesFacets(
  row: UnitRow,
  columns: ReadonlyMap<string, Column>,
  chosen: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(chosen).every(([name, values]) => {
    const column = columns.get(name);
    return !column || values.length === 0 || values.includes(facetValue(row, column));
  });
}

/** `chosen` with one value added or taken away. */
export function toggleFacet(
  chosen: Readonly<Record<string, readonly string[]>>,
  column: string,
  value: string,
): Readonly<Record<string, readonly string[]>> {
  const before = chosen[column] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const { [column]: _before, ...others } = chosen;
  return after.length === 0 ? others : { ...others, [column]: after };
}

function facetValue(row: UnitRow, column: Column): string {
  const value = column.value(row);
  return value === undefined || value === '' ? UNSORTED : String(value);
}
