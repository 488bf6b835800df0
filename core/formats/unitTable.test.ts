import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from './samples.ts';
import { readClusterColumns, tableColumns, unitCells } from './unitTable.ts';

afterAll(removeOddFolders);

const columns = (text: string, path = 'a.tsv') =>
  Object.fromEntries([...tableColumns(text, path)].map(([name, cells]) => [name, Object.fromEntries(cells)]));

test('byte order mark, CRLF, quotes, blank lines and short rows', () => {
  const text = '\u{feff}cluster_id\tnote\tdepth\r\n3\t"a ""b""\tc\nd"\t1.5\r\n\r\n1\tplain\r\n';
  expect(columns(text)).toEqual({ note: { 1: 'plain', 3: 'a "b"\tc\nd' }, depth: { 1: '', 3: '1.5' } });
  expect(columns('id,x\n1,2', 'a.csv')).toEqual({ x: { 1: '2' } });
  expect(columns('something\telse\n1\t2\n')).toEqual({});
  expect(columns('')).toEqual({});
});

test('a cluster id that is no number is told with its line', () => {
  expect(() => columns('cluster_id\tx\n1\t2\nabc\t3\n')).toThrow(
    'a.tsv, line 3: cluster_id is "abc", not a whole number',
  );
  expect(() => columns('x\t'.repeat(2000))).toThrow('more than 1000 columns');
});

test('cells are numbers if all are, else text; empty ones are undefined', () => {
  const cells = (...texts: string[]) => unitCells(new Map(texts.map((text, i) => [i, text])), [...texts.keys(), 99]);
  expect(cells('1', '', '-2.5e3', 'nan', 'inf')).toEqual([
    1,
    undefined,
    -2500,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
  ]);
  expect(cells('1', 'x')).toEqual(['1', 'x', undefined]);
  expect(cells('0x10')).toEqual(['0x10', undefined]);
});

test('cluster_info fills in only what other tables do not have, as in phy', () => {
  const folder = oddFolder();
  writeFileSync(join(folder, 'cluster_info.tsv'), 'cluster_id\tgroup\tfr\n1\tgood\t5\n2\tmua\t6\n');
  writeFileSync(join(folder, 'cluster_group.tsv'), 'cluster_id\tgroup\n1\tnoise\n');
  writeFileSync(join(folder, 'other.tsv'), 'a\tb\n1\t2\n');
  const warnings: string[] = [];
  const read = readClusterColumns(folder, warnings);
  expect(Object.fromEntries(read.get('group')!)).toEqual({ 1: 'noise' });
  expect(Object.fromEntries(read.get('fr')!)).toEqual({ 1: '5', 2: '6' });
  expect(warnings).toEqual([
    `${join(folder, 'cluster_info.tsv')}: the column "group" differs from that of another table; the other is used.`,
  ]);
});
