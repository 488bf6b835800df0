import type { UnionUnit } from '../analyzer/curated.ts';
import type { ColumnInfo, UnitColumn, UnitTable } from '../shared/api.ts';
import { knownUnits } from './knownUnits.ts';

/** One unit of the table: a number or words for each column. */
type Row = { readonly columns: readonly ColumnInfo[]; readonly values: readonly (number | string)[] };

/** The table whose rows are asked for once a unit. */
export function tableByRows(
  ask: (units: readonly UnionUnit[], signal: AbortSignal) => Promise<UnitTable>,
): (units: readonly UnionUnit[], signal: AbortSignal) => Promise<UnitTable> {
  const rowsOf = knownUnits(async (units, signal) => rows(await ask(units, signal)));
  return async (units, signal) => {
    if (units.length === 0) return ask(units, signal);
    const known = await rowsOf(units, signal);
    const { columns } = known[0]!;
    return {
      unitIds: units.map(({ unitId }) => unitId),
      columns: columns.map((info, i) => column(info, known, i)),
    };
  };
}

function rows({ unitIds, columns }: UnitTable): Row[] {
  const infos = columns.map(({ values: _, ...info }) => info);
  return unitIds.map((_, row) => ({ columns: infos, values: columns.map(({ values }) => values[row]!) }));
}

function column(info: ColumnInfo, known: readonly Row[], i: number): UnitColumn {
  const cells = known.map(({ values }) => values[i]!);
  if (cells.some((cell) => typeof cell === 'string')) return { ...info, values: cells.map(String) };
  return { ...info, values: Float64Array.from(cells, Number) };
}
