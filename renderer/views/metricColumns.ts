import type { ColumnInfo, UnitTable } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { memo } from './memo.ts';
import { memoBoth } from './memoBoth.ts';
import { short } from './shownUnits.ts';
import { curationVersion } from './versions.ts';
import { answer, type Choice, type Data, type Query, type ViewState } from './view.ts';

/** A column of numbers of the unit table. */
export interface MetricColumn extends ColumnInfo {
  readonly values: Float64Array;
}

export function tableQuery({ session }: ViewState): Query {
  return session.curation ? { units: { method: 'units', args: undefined, version: curationVersion(session) } } : {};
}

export function tableIn(data: Data): UnitTable | undefined {
  return answer(data, 'units', 'units')?.result;
}

/** Those of which something is known of any unit. */
export function metricColumns(table: UnitTable): readonly MetricColumn[] {
  return memo(table, 'metric columns', () =>
    table.columns.flatMap(({ values, ...info }) =>
      values instanceof Float64Array && values.some(Number.isFinite) ? [{ ...info, values }] : [],
    ),
  );
}

/** The column of that name; where there is none, the first of the others that is there. */
export function columnOf(table: UnitTable, name: string, others: readonly string[]): MetricColumn | undefined {
  const columns = metricColumns(table);
  for (const one of [name, ...others]) {
    const found = columns.find((column) => column.name === one);
    if (found) return found;
  }
  return columns[0];
}

/** What can be chosen; `shown` first where the name chosen is not there, because it is shown instead. */
export function metricChoices(data: Data, name: string, others: readonly string[]): readonly Choice[] {
  const table = tableIn(data);
  if (!table) return [];
  const choices = metricColumns(table).map((column) => ({ value: column.name, label: titleOf(column) }));
  const shown = columnOf(table, name, others)?.name;
  const [first, rest] = [
    choices.filter(({ value }) => value === shown),
    choices.filter(({ value }) => value !== shown),
  ];
  return shown === name ? choices : [...first, ...rest];
}

/** "Depth (µm)" */
export function titleOf({ label, unit }: ColumnInfo): string {
  return unit === '' ? label : `${label} (${unit})`;
}

export function valueText(value: number, { unit }: ColumnInfo): string {
  return unit === '' ? short(value) : `${short(value)} ${unit}`;
}

/** The number as it is drawn; NaN: it cannot be. */
export function drawnValue(value: number, log: boolean): number {
  if (!Number.isFinite(value)) return Number.NaN;
  return log ? (value > 0 ? Math.log10(value) : Number.NaN) : value;
}

/** All values of a column as they are drawn. */
export function drawnValues(column: MetricColumn, log: boolean): Float64Array {
  return log ? memo(column.values, 'log', () => column.values.map((v) => drawnValue(v, true))) : column.values;
}

/** "12 units have no SNR", "3 units have SNR ≤ 0"; nothing where all have a value. */
export function missingText(column: MetricColumn, log: boolean): string[] {
  let none = 0;
  let below = 0;
  for (const value of column.values) {
    if (!Number.isFinite(value)) none++;
    else if (log && value <= 0) below++;
  }
  const units = (n: number) => (n === 1 ? '1 unit has' : `${n.toLocaleString('en')} units have`);
  return [
    ...(none > 0 ? [`${units(none)} no ${column.label}`] : []),
    ...(below > 0 ? [`${units(below)} ${column.label} ≤ 0`] : []),
  ];
}

/** The row of each unit. */
export function rowsOf(table: UnitTable): ReadonlyMap<UnitId, number> {
  return memo(table, 'rows', () => new Map(table.unitIds.map((unitId, row) => [unitId, row])));
}

/** Which rows of the table the unit table shows; all, where it is not there to filter. [units] */
export function inTable({ unitIds }: UnitTable, { order }: ViewState): Uint8Array {
  return memoBoth(unitIds, order, 'in table', '', () => keptOf(unitIds, order));
}

function keptOf(unitIds: readonly UnitId[], order: readonly UnitId[]): Uint8Array {
  if (order.length === 0) return new Uint8Array(unitIds.length).fill(1);
  const shown = new Set(order);
  return Uint8Array.from(unitIds, (unitId) => (shown.has(unitId) ? 1 : 0));
}
