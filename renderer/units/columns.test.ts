import { expect, test } from 'vitest';
import type { CurationState, UnitTable } from '../../core/shared/api.ts';
import { compareValues, shortValue, unitColumns, unitRows } from './columns.ts';

const curation: CurationState = {
  events: 1,
  canUndo: true,
  canRedo: false,
  units: [
    { unitId: 2, group: 'good', labels: { cell: ['pyramidal'] }, from: [2] },
    { unitId: 9, group: '', labels: {}, from: [1, 3] },
  ],
};
const table: UnitTable = {
  unitIds: [1, 2],
  columns: [
    { name: 'group', label: 'Group', unit: '', help: '', values: ['', ''] },
    { name: 'snr', label: 'SNR', unit: '', help: 'Size over noise.', values: Float64Array.of(Number.NaN, 5) },
    { name: 'channel', label: 'Channel', unit: '', help: '', values: ['a', 'b'] },
  ],
};

test('rows are the units in force; a merged unit whose metrics are not there yet has none', () => {
  const rows = unitRows(curation, table);
  expect(rows.map(({ unitId, at }) => [unitId, at])).toEqual([
    [2, 1],
    [9, -1],
  ]);
  const columns = unitColumns(table, rows);
  expect(columns.map(({ name }) => name)).toEqual(['id', 'group', 'snr', 'channel', 'cell']);
  const values = rows.map((row) => columns.map((column) => column.value(row)));
  expect(values).toEqual([
    [2, 'good', 5, 'b', 'pyramidal'],
    [9, '', undefined, undefined, ''],
  ]);
});

test('NaN is not known', () => {
  const [column] = unitColumns(
    { unitIds: [1], columns: [{ ...table.columns[1]!, values: Float64Array.of(Number.NaN) }] },
    [],
  ).slice(2);
  expect(column?.value({ unitId: 1, group: '', labels: {}, from: [1], at: 0 })).toBeUndefined();
});

test('numbers are ordered by size, names by the numbers in them', () => {
  expect([10, 9, -1].sort(compareValues)).toEqual([-1, 9, 10]);
  expect(['#10', '#9'].sort(compareValues)).toEqual(['#9', '#10']);
});

test.each([
  [undefined, '–'],
  ['good', 'good'],
  [12_345, '12,345'],
  [1234.5, '1,235'],
  [12.345, '12.3'],
  [0.5, '0.500'],
  [-0.25, '−0.250'],
  [0.000123, '1.2e−4'],
  [0, '0'],
  [-85, '−85'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%s is shown as %s', (value, text) => {
  expect(shortValue(value)).toBe(text);
});
