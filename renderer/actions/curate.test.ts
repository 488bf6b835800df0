import { beforeEach, expect, test } from 'vitest';
import type { Api, SessionState } from '../../core/shared/api.ts';
import { curate, replay, toCurationState } from '../../core/shared/curation.ts';
import { toyClient } from '../data/toyPort.ts';
import { useProblems } from '../state/problems.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { toySession } from '../views/toyState.ts';
import { curateActions } from './curate.ts';

/** The actions on a real curation of units 1, 2 and 3 behind a port. */
function desk() {
  const initial = [1, 2, 3].map((unitId) => ({ unitId, numSpikes: 10 * unitId }));
  let curation = replay(initial, []);
  let version = 0;
  const state = (): SessionState => toySession({ version: ++version, curation: toCurationState(curation) });
  const client = toyClient<Api>({
    // biome-ignore lint/correctness/useYield: it answers at once
    async *curate(event: Parameters<Api['curate']>[0]) {
      const into = 4 + curation.events.length;
      curation = curate(curation, event.type === 'merge' && !('into' in event) ? { ...event, into } : event);
      return state();
    },
  });
  useSession.setState({ session: state() });
  return curateActions({ client });
}

const units = () => useSession.getState().session?.curation?.units.map(({ unitId }) => unitId);
const groupOf = (unitId: number) =>
  useSession.getState().session?.curation?.units.find((unit) => unit.unitId === unitId)?.group;
const selected = () => useSelection.getState().unitIds;

beforeEach(() => {
  useSelection.getState().forget();
  useProblems.getState().clear();
});

test('merge, undo and redo: the selection follows', async () => {
  const actions = desk();
  useSelection.getState().select([1, 3]);
  await actions.merge();
  expect(units()).toEqual([2, 4]);
  expect(selected()).toEqual([4]);
  await actions.undo();
  expect(units()).toEqual([1, 2, 3]);
  expect(selected()).toEqual([1, 3]);
  await actions.redo();
  expect(selected()).toEqual([4]);
});

test('keys pressed fast act one after the other', async () => {
  const actions = desk();
  useSelection.getState().select([1, 2]);
  await Promise.all([actions.merge(), actions.label('good'), actions.undo()]);
  expect(units()).toEqual([3, 4]);
  expect(groupOf(4)).toBe('');
  await actions.redo();
  expect(groupOf(4)).toBe('good');
});

test('a label can be taken away', async () => {
  const actions = desk();
  useSelection.getState().select([2]);
  await actions.label('noise');
  expect(groupOf(2)).toBe('noise');
  await actions.label('');
  expect(groupOf(2)).toBe('');
});

test('one unit cannot be merged, nothing cannot be undone: nothing happens', async () => {
  const actions = desk();
  useSelection.getState().select([1]);
  await actions.merge();
  await actions.undo();
  await actions.redo();
  expect(units()).toEqual([1, 2, 3]);
  expect(useProblems.getState().problems).toEqual([]);
});
