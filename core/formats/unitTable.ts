import { extname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { readSmallText } from '../store/byteSource.ts';
import { listFolder } from '../store/pathKind.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_COLUMNS = 1000;
const MAX_TABLES = 1000;

export type Cell = string | number | undefined;

/** Column name → cluster id → cell as text. */
export type ClusterColumns = ReadonlyMap<string, ReadonlyMap<number, string>>;

/**
 * All columns of a phy folder's TSV and CSV files that have a cluster_id. As in phy, cluster_info is a summary that
 * other files overrule; a column that only it has is taken from it.
 */
export function readClusterColumns(folder: string, warnings: string[]): ClusterColumns {
  const names = listFolder(folder)
    .map((entry) => entry.name)
    .filter((name) => ['.tsv', '.csv'].includes(extname(name).toLowerCase()));
  if (names.length > MAX_TABLES) throw new UserError(`${folder} holds ${names.length} tables`, { path: folder });
  const summary = (name: string) => /cluster_info/.test(name);
  const ordered = [...names.filter((name) => !summary(name)).sort(), ...names.filter(summary).sort()];
  const columns = new Map<string, Map<number, string>>();
  for (const name of ordered) {
    const path = join(folder, name);
    for (const [column, cells] of tableColumns(readSmallText(path, MAX_BYTES), path)) {
      const known = columns.get(column);
      if (!known) {
        columns.set(column, cells);
        continue;
      }
      const differ = [...cells].some(([id, cell]) => known.has(id) && known.get(id) !== cell);
      if (differ)
        warnings.push(
          `${path}: the column "${column}" differs from that of another table; ${summary(name) ? 'the other' : 'this one'} is used.`,
        );
      if (!summary(name)) for (const [id, cell] of cells) known.set(id, cell);
    }
  }
  return columns;
}

/** The columns of one table, or none if it has no cluster_id. */
export function tableColumns(text: string, path: string): ClusterColumns & Map<string, Map<number, string>> {
  const delimiter = extname(path).toLowerCase() === '.csv' ? ',' : '\t';
  const [header = [], ...rows] = splitTable(text, delimiter, path);
  const names = header.map((name) => name.trim());
  const idColumn = names.includes('cluster_id') ? names.indexOf('cluster_id') : names.indexOf('id');
  const columns = new Map<string, Map<number, string>>();
  if (idColumn < 0) return columns;
  const cells = names.map(() => new Map<number, string>());
  for (const [i, row] of rows.entries()) {
    if (row.length === 1 && row[0]!.trim() === '') continue;
    const idText = row[idColumn]?.trim() ?? '';
    const id = Number(idText);
    if (idText === '' || !Number.isSafeInteger(id))
      throw new UserError(`${path}, line ${i + 2}: cluster_id is "${idText.slice(0, 40)}", not a whole number`, {
        path,
        hint: 'Correct the line, or move the file out of the folder.',
      });
    for (let c = 0; c < names.length; c++) if (c !== idColumn) cells[c]!.set(id, row[c]?.trim() ?? '');
  }
  for (const [c, name] of names.entries()) if (c !== idColumn && name !== '') columns.set(name, cells[c]!);
  return columns;
}

/** Rows of fields; a field in quotes may hold the delimiter, line ends and doubled quotes. */
function splitTable(text: string, delimiter: string, path: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\u{feff}') ? 1 : 0;
  const plain = delimiter === ',' ? /[^,\r\n]*/y : /[^\t\r\n]*/y;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      let from = at + 1;
      while (close >= 0 && text[close + 1] === '"') {
        field += text.slice(from, close + 1);
        from = close + 2;
        close = text.indexOf('"', from);
      }
      if (close < 0) close = text.length;
      field += text.slice(from, close);
      at = close + 1;
    }
    plain.lastIndex = at;
    field += plain.exec(text)?.[0] ?? '';
    at = Math.max(at, plain.lastIndex);
    row.push(field);
    if (row.length > MAX_COLUMNS)
      throw new UserError(`${path} has more than ${MAX_COLUMNS} columns`, { path, hint: 'Is it a table of clusters?' });
    if (text[at] === delimiter && at + 1 < text.length) {
      at++;
      continue;
    }
    if (text[at] === delimiter) row.push('');
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A column for the units of these clusters: numbers if every cell is one, else text; empty cells are undefined. */
export function unitCells(column: ReadonlyMap<number, string>, clusters: readonly number[]): readonly Cell[] {
  const texts = clusters.map((id) => column.get(id)).map((cell) => (cell === '' ? undefined : cell));
  const numbers = texts.map((cell) => (cell === undefined ? undefined : asNumber(cell)));
  return numbers.every((n, i) => n !== undefined || texts[i] === undefined) ? numbers : texts;
}

/** As pandas reads them. */
function asNumber(cell: string): number | undefined {
  if (/^nan$/i.test(cell)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/i.test(cell))
    return cell.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(cell);
  return Number.isNaN(value) || /[xXbBoO]/.test(cell) ? undefined : value;
}
