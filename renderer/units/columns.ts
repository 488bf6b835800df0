import type { CurationState, UnitColumn, UnitTable } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';

/** A unit in force, and its row in the table of metrics (−1: not computed yet). */
export interface UnitRow {
  readonly unitId: UnitId;
  readonly group: string;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly from: readonly UnitId[];
  readonly at: number;
}

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly help: string;
  readonly numeric: boolean;
  /** The unit itself, computed or read with it, given by the user. */
  readonly origin: 'unit' | 'computed' | 'label';
  /** Undefined: not known. */
  value(row: UnitRow): number | string | undefined;
}

export function unitRows(curation: CurationState | undefined, table: UnitTable | undefined): UnitRow[] {
  const at = new Map(table?.unitIds.map((unitId, i) => [unitId, i]));
  return curation?.units.map((unit) => ({ ...unit, at: at.get(unit.unitId) ?? -1 })) ?? [];
}

const ID: Column = {
  name: 'id',
  label: 'Unit',
  unit: '',
  help: 'Name of the unit. A merged unit gets a new one.',
  numeric: true,
  origin: 'unit',
  value: ({ unitId }) => unitId,
};

const GROUP: Column = {
  name: 'group',
  label: 'Group',
  unit: '',
  help: 'Your judgement: good (a single neuron), mua (several neurons), noise (no neuron); empty: not judged yet.',
  numeric: false,
  origin: 'unit',
  value: ({ group }) => group,
};

/** Id and group, then what core computed, then labels the user gave. */
export function unitColumns(table: UnitTable | undefined, rows: readonly UnitRow[]): Column[] {
  const computed = (table?.columns ?? []).filter(({ name }) => name !== 'id' && name !== 'group').map(computedColumn);
  const keys = new Set(rows.flatMap(({ labels }) => Object.keys(labels)));
  for (const { name } of computed) keys.delete(name);
  const labels = [...keys].map(
    (key): Column => ({
      name: key,
      label: key,
      unit: '',
      help: 'A label.',
      numeric: false,
      origin: 'label',
      value: (row) => row.labels[key]?.join(', ') ?? '',
    }),
  );
  return [ID, GROUP, ...computed, ...labels];
}

function computedColumn({ values, name, label, unit, help }: UnitColumn): Column {
  const numeric = values instanceof Float64Array;
  return {
    name,
    label,
    unit,
    help,
    numeric,
    origin: 'computed',
    value({ at }) {
      const value = values[at];
      return typeof value === 'number' && Number.isNaN(value) ? undefined : value;
    },
  };
}

/** Order of two values: numbers by size, also when they are written in words ("unit 2" before "unit 10"). */
export function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** As the table shows it: three significant digits, counts whole, “–” for what is not known. */
export function shortValue(value: number | string | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return value.toLocaleString('en').replace('-', '−');
  const text =
    size >= 1000 ? Math.round(value).toLocaleString('en') : size < 1e-3 ? value.toExponential(1) : value.toPrecision(3);
  return text.replace('-', '−');
}
