import { beforeEach, expect, test } from 'vitest';
import { curate, replay, toCurationState } from '../../core/shared/curation.ts';
import { toySession } from '../views/toyState.ts';
import { useFocus } from './focus.ts';
import { useLayout } from './layout.ts';
import { panelValues } from './panels.ts';
import { remember } from './remember.ts';
import { useSelection } from './selection.ts';
import { useSession } from './session.ts';
import { changeTable, useTables } from './tables.ts';

/** What a window keeps as long as it is open. */
function toyStore(kept = new Map<string, string>()) {
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

const labelled = { type: 'label', unitIds: [1], key: 'group', values: ['good'] } as const;
/** A session in this folder whose curation has so many edits. */
function openSession(folder: string, edits = 0): void {
  let curation = replay([{ unitId: 1, numSpikes: 10 }], []);
  for (let i = 0; i < edits; i++) curation = curate(curation, labelled);
  useSession.setState({ session: toySession({ folder, curation: toCurationState(curation) }) });
}

/** What the next page finds, while this one still lives. */
const found = ({ kept }: ReturnType<typeof toyStore>) => toyStore(new Map(kept));

/** All of the page's state that is to be kept, as text. */
function look(): string {
  const { unitIds, similar, anchor, done, undone } = useSelection.getState();
  const { page, focused } = useLayout.getState();
  const { sort, filter, scrollTop } = useTables.getState().units;
  const selection = { unitIds, similar, anchor, done, undone };
  const tables = { sort, filter, scrollTop };
  return JSON.stringify({
    selection,
    page,
    focused,
    tables,
    focus: useFocus.getState().focus,
    panels: panelValues.getState(),
  });
}

/** The page as it is at its start. */
function forgetAll(): void {
  useSelection.getState().forget();
  useFocus.getState().forget();
  useLayout.setState({ page: 'recording', focused: false });
  panelValues.setState({}, true);
  changeTable('units', { sort: [], filter: '', scrollTop: 0 });
}

beforeEach(forgetAll);

function workedOn(): void {
  openSession('/data/a', 2);
  useSelection.getState().select([7, 'b', 3]);
  useSelection.getState().edited({ unitIds: [7, 'b'], similar: [] }, [9]);
  useSelection.getState().undid();
  useFocus.getState().pick({ time: { segment: 1, frame: 30_000 }, channel: 4 });
  useLayout.setState({ page: 'curate', focused: true });
  panelValues.setState({ trace: { view: 'trace', options: { start: 12.5, filter: null } } });
  changeTable('units', { sort: [{ id: 'snr', desc: true }], filter: 'snr > 3', scrollTop: 220 });
}

test('the next page is as the one before: selection with its undo, page, focus, panels, tables', () => {
  const store = toyStore();
  const flush = remember(store);
  workedOn();
  const before = look();
  flush();
  const next = found(store);
  forgetAll();
  expect(look()).not.toBe(before);
  remember(next);
  expect(look()).toBe(before);
  useSelection.getState().redid();
  expect(useSelection.getState().unitIds).toEqual([9]);
});

test('what changed is kept soon, an edit at once: a crash tells nobody', async () => {
  const store = toyStore();
  remember(store);
  workedOn();
  expect(store.getItem('spikedesk.selection')).toContain('undone');
  expect(store.getItem('spikedesk.focus')).toBeNull();
  await expect.poll(() => store.getItem('spikedesk.focus'), { timeout: 1000 }).toContain('30000');
});

test('another session begins anew', () => {
  const store = toyStore();
  const flush = remember(store);
  workedOn();
  flush();
  const next = found(store);
  forgetAll();
  openSession('/data/b', 2);
  remember(next);
  expect(useSelection.getState().unitIds).toEqual([]);
  expect(useLayout.getState().page).toBe('recording');
});

test('of edits the page did not see no selection is known; what is selected stays', () => {
  const store = toyStore();
  const flush = remember(store);
  workedOn();
  flush();
  const next = found(store);
  forgetAll();
  openSession('/data/a', 3);
  remember(next);
  expect(useSelection.getState()).toMatchObject({ unitIds: [7, 'b'], done: [], undone: [] });
});

test('a value of another shape is passed over', () => {
  const store = toyStore();
  openSession('/data/a');
  store.setItem('spikedesk.page', JSON.stringify({ folder: '/data/a', text: '{"page":"kitchen"}' }));
  store.setItem('spikedesk.focus', '{"text":3}');
  remember(store);
  expect(useLayout.getState().page).toBe('recording');
});

test('what the store has no room for does not hold up the rest', () => {
  const store = toyStore();
  const full = {
    ...store,
    setItem: (key: string, value: string) => {
      if (key === 'spikedesk.selection') throw new DOMException('full', 'QuotaExceededError');
      store.setItem(key, value);
    },
  };
  const flush = remember(full);
  workedOn();
  flush();
  expect([...store.kept.keys()]).toContain('spikedesk.page');
  expect([...store.kept.keys()]).not.toContain('spikedesk.selection');
});
