import { beforeEach, expect, test } from 'vitest';
import { useSelection } from './selection.ts';

const now = () => useSelection.getState();
const units = () => now().unitIds;

beforeEach(() => {
  now().forget();
  now().setOrder([4, 8, 15, 16, 23]);
});

test('click selects one, ctrl adds and takes away, in the order of selection', () => {
  now().select([15]);
  now().toggle(4);
  expect(units()).toEqual([15, 4]);
  now().toggle(15);
  expect(units()).toEqual([4]);
});

test('shift selects all between, from where the selection began, upwards too', () => {
  now().select([8]);
  now().extend(16);
  expect(units()).toEqual([8, 15, 16]);
  now().extend(4);
  expect(units()).toEqual([8, 4]);
});

test('next and previous follow the table and stop at its ends', () => {
  now().step(1);
  expect(units()).toEqual([4]);
  now().step(1);
  expect(units()).toEqual([8]);
  now().step(-5);
  expect(units()).toEqual([4]);
  now().step(1e9);
  expect(units()).toEqual([23]);
});

test('a selected unit that the filter hides: next begins at the top', () => {
  now().select([99]);
  now().step(1);
  expect(units()).toEqual([4]);
});

test('after a merge the new unit is selected; undo and redo bring selections back', () => {
  now().select([4, 8]);
  now().edited([4, 8], [42]);
  expect(units()).toEqual([42]);
  now().edited([42], [42]);
  now().undid();
  now().undid();
  expect(units()).toEqual([4, 8]);
  now().redid();
  expect(units()).toEqual([42]);
});

test('the merged units may be gone before the edit is told', () => {
  now().select([4, 8]);
  now().keep(new Set([15, 42]));
  now().edited([4, 8], [42]);
  now().undid();
  expect(units()).toEqual([4, 8]);
});

test('undo past what this window did leaves the selection', () => {
  now().select([4]);
  now().undid();
  expect(units()).toEqual([4]);
});

test('a new edit forgets what was undone', () => {
  now().edited([4, 8], [42]);
  now().undid();
  now().edited([15], [15]);
  now().select([4]);
  now().redid();
  expect(units()).toEqual([4]);
});
