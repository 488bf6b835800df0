import { expect, test } from 'vitest';
import { csvText, parseCsv } from './csv.ts';

test('a table comes back as it was written, as pandas writes it', () => {
  const text = csvText({
    index: ['a,b', 'c'],
    columns: [
      { name: 'n', values: Float64Array.of(3, 4), whole: true },
      { name: 'x', values: Float64Array.of(1, Number.NaN) },
      { name: 'says "hi"', values: ['good', 'mua'] },
    ],
  });
  expect(text).toBe(',n,x,"says ""hi"""\n"a,b",3,1.0,good\nc,4,,mua\n');
  const table = parseCsv(text, 'metrics.csv');
  expect(table.index).toEqual(['a,b', 'c']);
  expect(table.columns.n).toEqual(Float64Array.of(3, 4));
  expect(table.columns.x).toEqual(Float64Array.of(1, Number.NaN));
  expect(table.columns['says "hi"']).toEqual(['good', 'mua']);
});

test('infinities, booleans and CRLF are read', () => {
  const { columns } = parseCsv(',a,b\r\n0,inf,True\r\n1,-inf,False\r\n', 'metrics.csv');
  expect(columns).toEqual({
    a: Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    b: Float64Array.of(1, 0),
  });
});

test('a cut table is told', () => {
  expect(() => parseCsv(',a,b\n0,1\n', '/x/metrics.csv')).toThrow(/\/x\/metrics.csv: a row has 2 cells/);
});
