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
  now().edited({ unitIds: [4, 8], similar: [] }, [42]);
  expect(units()).toEqual([42]);
  now().edited({ unitIds: [42], similar: [] }, [42]);
  now().undid();
  now().undid();
  expect(units()).toEqual([4, 8]);
  now().redid();
  expect(units()).toEqual([42]);
});

test('the merged units may be gone before the edit is told', () => {
  now().select([4, 8]);
  now().keep(new Set([15, 42]));
  now().edited({ unitIds: [4, 8], similar: [] }, [42]);
  now().undid();
  expect(units()).toEqual([4, 8]);
});

test('undo past what this window did leaves the selection', () => {
  now().select([4]);
  now().undid();
  expect(units()).toEqual([4]);
});

test('a new edit forgets what was undone', () => {
  now().edited({ unitIds: [4, 8], similar: [] }, [42]);
  now().undid();
  now().edited({ unitIds: [15], similar: [] }, [15]);
  now().select([4]);
  now().redid();
  expect(units()).toEqual([4]);
});

test('a similar unit is selected beside the chosen ones, and the next takes its place', () => {
  now().select([4]);
  now().setSimilarOrder([4, 16, 8, 23]);
  now().stepSimilar(1);
  expect(units()).toEqual([4, 16]);
  now().stepSimilar(1);
  expect(units()).toEqual([4, 8]);
  now().stepSimilar(-1);
  expect(units()).toEqual([4, 16]);
  now().toggleSimilar(23);
  expect(units()).toEqual([4, 16, 23]);
  now().clearSimilar();
  expect(units()).toEqual([4]);
});

test('the next unit of the table leaves the similar ones; the next similar without a selection is the first unit', () => {
  now().stepSimilar(1);
  expect(units()).toEqual([4]);
  now().selectSimilar(23);
  now().step(1);
  expect(units()).toEqual([8]);
  expect(now().similar).toEqual([]);
});

test('undo brings back which of the selected were similar units', () => {
  now().select([4]);
  now().selectSimilar(8);
  now().edited({ unitIds: units(), similar: now().similar }, [42]);
  expect(now().similar).toEqual([]);
  now().undid();
  expect([units(), now().similar]).toEqual([[4, 8], [8]]);
});
