import { expect, test } from 'vitest';
import { toySession } from '../views/toyState.ts';
import { unitColumns, unitRows } from './columns.ts';
import { facetsOf, passesFacets, toggleFacet } from './facets.ts';

const curation = {
  events: 0,
  canUndo: false,
  canRedo: false,
  units: ['good', 'good', 'mua', ''].map((group, i) => ({ unitId: i, group, labels: {}, from: [i] })),
};
const rows = unitRows({ ...toySession().curation, ...curation }, undefined);
const columns = unitColumns(undefined, rows);
const byName = new Map(columns.map((column) => [column.name, column]));
const passing = (chosen: Record<string, string[]>) =>
  rows.filter((row) => passesFacets(row, byName, chosen)).map(({ unitId }) => unitId);

test('the values of the group with their counts', () => {
  expect(facetsOf(rows, columns)).toEqual([
    {
      column: 'group',
      label: 'Group',
      values: [
        { value: 'good', count: 2 },
        { value: 'mua', count: 1 },
        { value: 'unsorted', count: 1 },
      ],
    },
  ]);
  expect(facetsOf(rows.slice(0, 2), columns)).toEqual([]);
});

test('chosen values of one column add up, nothing chosen lets all through', () => {
  expect(passing({})).toEqual([0, 1, 2, 3]);
  expect(passing({ group: ['good', 'unsorted'] })).toEqual([0, 1, 3]);
  expect(passing({ gone: ['x'] })).toEqual([0, 1, 2, 3]);
});

test('a value is chosen and given up again', () => {
  const one = toggleFacet({}, 'group', 'mua');
  expect(one).toEqual({ group: ['mua'] });
  expect(toggleFacet(one, 'group', 'mua')).toEqual({});
});
