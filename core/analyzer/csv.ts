import { UserError } from '../shared/errors.ts';
import type { UnitId } from '../shared/sorting.ts';

/** A table with a row a unit, as pandas writes one: numbers (NaN where a cell is empty) or words a column. */
export interface Table {
  /** The first column, as text. */
  readonly index: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array | readonly string[]>>;
}

/** What is written: `whole` columns are counts, without a decimal point. */
export interface TableInput {
  readonly index: readonly UnitId[];
  readonly columns: readonly {
    readonly name: string;
    readonly values: Float64Array | readonly string[];
    readonly whole?: boolean;
  }[];
}

export function csvText({ index, columns }: TableInput): string {
  const lines = [['', ...columns.map((column) => quoted(column.name))].join(',')];
  index.forEach((unitId, row) => {
    lines.push([quoted(String(unitId)), ...columns.map((column) => cell(column.values[row]!, column.whole))].join(','));
  });
  return `${lines.join('\n')}\n`;
}

function cell(value: number | string, whole = false): string {
  if (typeof value === 'string') return quoted(value);
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && !whole && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function parseCsv(text: string, path: string): Table {
  const [header = [], ...rows] = records(text);
  const columns: Record<string, Float64Array | readonly string[]> = {};
  for (const row of rows)
    if (row.length !== header.length)
      throw new UserError(`${path}: a row has ${row.length} cells, the header ${header.length}`, { path });
  header.forEach((name, column) => {
    if (column === 0) return;
    const cells = rows.map((row) => row[column]!);
    const numbers = Float64Array.from(cells, number);
    const words = cells.some((cell, row) => cell !== '' && !/^nan$/i.test(cell) && Number.isNaN(numbers[row]!));
    columns[name] = words ? cells : numbers;
  });
  return { index: rows.map((row) => row[0]!), columns };
}

function number(cell: string): number {
  if (cell === '') return Number.NaN;
  if (/^-?inf$/i.test(cell)) return cell.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^(true|false)$/i.test(cell)) return /^true$/i.test(cell) ? 1 : 0;
  return Number(cell);
}

function records(text: string): string[][] {
  const out: string[][] = [];
  let row: string[] = [];
  let field = '';
  let inQuotes = false;
  const endRow = () => {
    row.push(field);
    field = '';
    if (row.length > 1 || row[0] !== '') out.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (inQuotes) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else inQuotes = false;
    } else if (c === '"') inQuotes = true;
    else if (c === ',') {
      row.push(field);
      field = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r') field += c;
  }
  if (field !== '' || row.length > 0) endRow();
  return out;
}
