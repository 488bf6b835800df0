import { expect, test } from 'vitest';
import { best } from './search.ts';

const found = (typed: string, ...texts: string[]) =>
  best(
    texts.map((text) => ({ text })),
    typed,
    10,
  ).map(({ text }) => text);

test('every word has to be there, in any order', () => {
  expect(found('add traces', 'add the view traces', 'add the view probe', 'traces: wider')).toEqual([
    'add the view traces',
  ]);
  expect(found('traces add', 'add the view traces')).toEqual(['add the view traces']);
});

test('whole words first, then beginnings, then what is inside, then letters in order', () => {
  expect(found('uni', 'reunion', 'a uni', 'undo in', 'unit 3')).toEqual(['a uni', 'unit 3', 'reunion', 'undo in']);
});

test('a number is meant as it stands', () => {
  expect(found('12', 'unit 102', 'unit 120', 'unit 12', 'unit 112')).toEqual(['unit 12', 'unit 120', 'unit 112']);
});

test('the name counts more than other words', () => {
  const items = [
    { text: 'add similar units', also: 'the units most like the one selected last' },
    { text: 'show units', also: 'add' },
    { text: 'add units', also: 'all units with their metrics: a long text that does not count' },
  ];
  expect(best(items, 'add units', 9)).toEqual([items[2], items[0], items[1]]);
  expect(best(items, 'metrics', 9)).toEqual([items[2]]);
});

test('nothing typed shows the first ones', () => {
  expect(found(' ', 'a', 'b')).toEqual(['a', 'b']);
  expect(best([{ text: 'a' }, { text: 'b' }], '', 1)).toHaveLength(1);
});
