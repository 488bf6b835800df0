import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InitialUnit } from './curatedUnits.ts';
import {
  type CurationEvent,
  curate,
  curationEventSchema,
  effective,
  newUnitId,
  replay,
  toCurationState,
} from './curation.ts';
import { UserError } from './errors.ts';

const units: InitialUnit[] = [
  { unitId: 1, numSpikes: 10, group: 'good' },
  { unitId: 2, numSpikes: 30 },
  { unitId: 5, numSpikes: 20, group: 'mua', labels: { cell: ['pyramidal'] } },
];
const merge = (unitIds: (number | string)[], into: number | string): CurationEvent => ({
  type: 'merge',
  unitIds,
  into,
});
const label = (unitIds: number[], ...values: string[]): CurationEvent => ({
  type: 'label',
  unitIds,
  key: 'group',
  values,
});
const undo: CurationEvent = { type: 'undo' };
const redo: CurationEvent = { type: 'redo' };

function after(...events: CurationEvent[]) {
  const folded = events.reduce(curate, replay(units, []));
  expect(replay(units, events)).toEqual(folded);
  return folded;
}
const ids = (...events: CurationEvent[]) => [...after(...events).units.inForce.keys()];

test('a merge makes one unit of several, which are gone', () => {
  const { units: now } = after(merge([2, 5], 6));
  expect([...now.inForce.keys()]).toEqual([1, 6]);
  expect(now.inForce.get(6)).toEqual({
    unitId: 6,
    content: { type: 'union', of: [original(2), original(5)] },
    numSpikes: 50,
    group: 'mua',
    labels: { cell: ['pyramidal'] },
  });
});

const original = (unitId: number) => ({ type: 'original', unitId });

test('the same spikes are the same content, however they were merged', () => {
  const one = after(merge([5, 1], 6), merge([6, 2], 7)).units.inForce.get(7);
  const other = after(merge([2, 1], 6), merge([5, 6], 7)).units.inForce.get(7);
  expect(one?.content).toEqual(other?.content);
});

test('undo takes back the last edit, redo brings it again, a new edit forgets what was undone', () => {
  expect(ids(merge([1, 2], 6), undo)).toEqual([1, 2, 5]);
  expect(ids(merge([1, 2], 6), undo, redo)).toEqual([5, 6]);
  expect(effective([merge([1, 2], 6), undo, label([5], 'good'), redo])).toEqual([label([5], 'good')]);
});

test('ids are never reused, also not after undo', () => {
  const undone = after(merge([1, 2], 6), undo);
  expect(newUnitId(undone)).toBe(7);
  expect(() => curate(undone, merge([1, 2], 6))).toThrow('cannot merge into 6: that id was used before');
});

test('new ids follow the kind of the ids there are', () => {
  const next = (...unitIds: (number | string)[]) =>
    newUnitId(
      replay(
        unitIds.map((unitId) => ({ unitId, numSpikes: 1 })),
        [],
      ),
    );
  expect(next(0, 3)).toBe(4);
  expect(next(-1)).toBe(0);
  expect(next('7', '12')).toBe('13');
  expect(next('#0', '#15')).toBe('16');
  expect(next('a', 'b')).toBe('0');
  expect(next('shank1_99', '3')).toBe('100');
});

test('label sets the group or another label of units, and no values take it away', () => {
  expect(after(label([1, 2], 'noise')).units.inForce.get(2)?.group).toBe('noise');
  expect(after(label([1])).units.inForce.get(1)?.group).toBe('');
  const cell = (...values: string[]): CurationEvent => ({ type: 'label', unitIds: [5], key: 'cell', values });
  expect(after(cell('fast', 'odd')).units.inForce.get(5)?.labels).toEqual({ cell: ['fast', 'odd'] });
  expect(after(cell()).units.inForce.get(5)?.labels).toEqual({});
});

test('a removed unit keeps its spikes aside', () => {
  const { units: now } = after({ type: 'remove', unitIds: [2] });
  expect([...now.inForce.keys()]).toEqual([1, 5]);
  expect(now.removed.get(2)?.numSpikes).toBe(30);
});

test.each([
  ['unknown unit', [merge([1, 9], 10)], 'cannot merge unit 9: there is no such unit (any more)'],
  ['unit merged before', [merge([1, 2], 6), merge([1, 5], 7)], 'cannot merge unit 1: there is no such unit'],
  ['removed unit', [{ type: 'remove', unitIds: [1] }, label([1], 'good')], 'cannot label unit 1: it was removed'],
  ['one unit', [merge([1], 6)], 'a merge needs at least two units'],
  ['the same unit twice', [merge([1, 1], 6)], 'cannot merge a unit with itself'],
  ['an id in force', [merge([1, 2], 5)], 'cannot merge into 5: that id was used before'],
  ['an id of a part', [merge([1, 2], 1)], 'cannot merge into 1: that id was used before'],
  ['text for numbers', [merge([1, 2], 'six')], 'cannot merge into "six": the sorting\'s ids are numbers'],
  ['a fraction', [merge([1, 2], 6.5)], 'an id is a whole number'],
  ['unknown group', [label([1], 'great')], 'unknown group "great"'],
  ['two groups', [label([1], 'good', 'mua')], 'a unit has one group'],
  ['nothing to undo', [undo], 'nothing to undo'],
  ['nothing to redo', [merge([1, 2], 6), redo], 'nothing to redo'],
] as [string, CurationEvent[], string][])('%s is refused', (_, events, message) => {
  const run = () => events.reduce(curate, replay(units, []));
  expect(run).toThrow(UserError);
  expect(run).toThrow(message);
});

test('an edit of the log that does not fit the sorting is named', () => {
  expect(() => replay(units, [label([1], 'good'), merge([1, 77], 78)])).toThrow('edit 2 of the curation');
});

test('events are checked at the door', () => {
  expect(curationEventSchema.safeParse(merge([1, 'a'], 3)).success).toBe(true);
  for (const bad of [
    { type: 'split' },
    { type: 'undo', x: 1 },
    merge([], 3),
    { type: 'remove', unitIds: [{}] },
    undefined,
  ])
    expect(curationEventSchema.safeParse(bad).success).toBe(false);
});

test('what the window shows', () => {
  expect(toCurationState(after(merge([1, 2], 6), label([6], 'good'), undo))).toEqual({
    events: 3,
    canUndo: true,
    canRedo: true,
    units: [
      { unitId: 5, group: 'mua', labels: { cell: ['pyramidal'] }, from: [5] },
      { unitId: 6, group: 'good', labels: {}, from: [1, 2] },
    ],
  });
});

test('a value in, a value out: what was given is left as it was', () => {
  const before = after(merge([1, 2], 6));
  const copy = structuredClone(before);
  curate(before, label([6], 'noise'));
  curate(before, undo);
  expect(before).toEqual(copy);
});

test('undoing all is the start, and redoing all is the end again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom('merge', 'label', 'remove'))), (wishes) => {
      let now = replay(units, []);
      for (const [a, b, type] of wishes) {
        const live = [...now.units.inForce.keys()];
        const pick = [live[a % live.length], live[b % live.length]].flatMap((id) => (id === undefined ? [] : [id]));
        if (type === 'merge' && pick[0] !== pick[1]) now = curate(now, merge(pick, newUnitId(now)));
        if (type === 'label' && pick[0])
          now = curate(now, { type: 'label', unitIds: pick, key: 'group', values: ['good'] });
        if (type === 'remove' && live.length > 2) now = curate(now, { type: 'remove', unitIds: pick });
      }
      const end = now.units;
      const edits = now.done.length;
      for (let i = 0; i < edits; i++) now = curate(now, undo);
      expect(now.units).toEqual(replay(units, []).units);
      for (let i = 0; i < edits; i++) now = curate(now, redo);
      expect(now.units).toEqual(end);
      expect([...end.inForce.values(), ...end.removed.values()].reduce((sum, unit) => sum + unit.numSpikes, 0)).toBe(
        60,
      );
    }),
    { seed: 1, numRuns: 100 },
  );
});
