import { expect, test } from 'vitest';
import { arrangementSchema, column, panelsOf, row, tabs, tidy } from './arrangement.ts';

const all = () => true;

test('what is not known is left out, with the place it had', () => {
  const from = row([0.5, column([0.5, tabs('units')], [0.5, tabs('tracemap')])], [0.5, tabs('trace', 'tracemap')]);
  expect(tidy(from, (id) => id !== 'tracemap')).toEqual(row([0.5, tabs('units')], [0.5, tabs('trace')]));
  expect(tidy(tabs('tracemap'), (id) => id !== 'tracemap')).toBe(undefined);
});

test('a split in a split of its own direction joins it, and shares make one', () => {
  const from = row([0.5, row([0.5, tabs('units')], [0.5, tabs('probe')])], [0.25, tabs('trace')]);
  const third = 1 / 3;
  expect(tidy(from, all)).toEqual(row([third, tabs('units')], [third, tabs('probe')], [third, tabs('trace')]));
});

test('a panel is shown once, and the one in front is one of them', () => {
  const from = row([0.5, tabs('trace', 'trace')], [0.5, { kind: 'tabs', panels: ['trace', 'isi'], shown: 'trace' }]);
  const tidied = tidy(from, all);
  expect(tidied).toEqual(row([0.5, tabs('trace')], [0.5, tabs('isi')]));
});

test('the shape is checked, and nesting has an end', () => {
  const good = row([0.3, tabs('units')], [0.7, column([0.5, tabs('trace')], [0.5, tabs('isi', 'rate')])]);
  expect(arrangementSchema.parse(JSON.parse(JSON.stringify(good)))).toEqual(good);
  expect(panelsOf(good)).toEqual(['units', 'trace', 'isi', 'rate']);
  for (const wrong of [{}, { kind: 'row' }, { kind: 'tabs', panels: [3], shown: '' }, row([-1, tabs('units')])])
    expect(arrangementSchema.safeParse(wrong).success).toBe(false);
  let deep: unknown = tabs('units');
  for (let i = 0; i < 100; i++) deep = { kind: 'row', parts: [{ share: 1, of: deep }] };
  expect(arrangementSchema.safeParse(deep).success).toBe(false);
});
