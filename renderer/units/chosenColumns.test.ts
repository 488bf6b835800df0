import { expect, test } from 'vitest';
import { chosenColumns, toggleColumn } from './chosenColumns.ts';
import type { Column } from './columns.ts';

const column = (name: string, origin: Column['origin'] = 'computed'): Column => ({
  name,
  label: name,
  unit: '',
  help: '',
  numeric: true,
  origin,
  value: () => 0,
});
const columns = [
  ...['id', 'group', 'presence_ratio', 'snr', 'fr', 'num_spikes'].map((name) => column(name)),
  column('region', 'label'),
];
const names = (shown: readonly Column[]) => shown.map(({ name }) => name);

test('the usual columns that are there, then labels', () => {
  expect(names(chosenColumns(columns, undefined))).toEqual(['id', 'group', 'num_spikes', 'fr', 'snr', 'region']);
});

test("the user's choice, with the id first and without what is not there", () => {
  expect(names(chosenColumns(columns, ['snr', 'gone', 'id']))).toEqual(['id', 'snr']);
});

test('a column is put where it belongs, or taken away', () => {
  expect(toggleColumn(columns, ['id', 'snr'], 'presence_ratio')).toEqual(['id', 'presence_ratio', 'snr']);
  expect(toggleColumn(columns, ['id', 'snr'], 'region')).toEqual(['id', 'snr', 'region']);
  expect(toggleColumn(columns, ['id', 'snr'], 'snr')).toEqual(['id']);
});
