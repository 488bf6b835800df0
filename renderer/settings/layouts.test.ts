import { beforeEach, expect, test } from 'vitest';
import type { Json } from '../../core/shared/json.ts';
import { column, row, tabs } from '../dock/arrangement.ts';
import { useLayouts } from '../state/layouts.ts';
import { panelValues } from '../state/panels.ts';
import { layouts } from './layouts.ts';

const arrangement = row([0.4, tabs('units')], [0.6, column([0.5, tabs('trace', 'trace 2')], [0.5, tabs('probe')])]);
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

beforeEach(() => {
  useLayouts.setState({ stations: {}, named: [] });
  panelValues.setState({}, true);
});

test('what is read is what is restored, without where one looked', () => {
  const { keepStation, saveAs } = useLayouts.getState();
  keepStation('curate', arrangement);
  saveAs({ name: 'wide', station: 'curate', arrangement, panels: {} });
  panelValues.setState({ 'trace 2': { view: 'trace', options: { startS: 12, showNames: true } } });
  const kept = layouts.read();
  expect(JSON.stringify(kept)).toContain('showNames');
  expect(JSON.stringify(kept)).not.toContain('startS');

  useLayouts.setState({ stations: {}, named: [] });
  panelValues.setState({}, true);
  expect(layouts.restore(kept)).toBe(true);
  expect(useLayouts.getState().stations).toEqual({ curate: arrangement });
  expect(useLayouts.getState().named.map(({ name }) => name)).toEqual(['wide']);
  expect(panelValues.getState()['trace 2']?.options).toEqual({ showNames: true });
});

test('a damaged layout is left out, the others stay, and it is told', () => {
  const damaged = asJson({
    stations: { curate: arrangement, sort: { kind: 'row', parts: 'none' }, elsewhere: arrangement },
    panels: { trace: { view: 'trace', options: {} }, probe: 3 },
    named: [{ name: 'good', station: 'sort', arrangement, panels: {} }, { name: 'bad' }],
  });
  expect(layouts.restore(damaged)).toBe(false);
  expect(Object.keys(useLayouts.getState().stations)).toEqual(['curate']);
  expect(useLayouts.getState().named.map(({ name }) => name)).toEqual(['good']);
  expect(Object.keys(panelValues.getState())).toEqual(['trace']);
  expect(layouts.restore('layouts')).toBe(false);
});

test('a layout saved under a name that is there replaces it; removing takes that one only', () => {
  const { saveAs, remove } = useLayouts.getState();
  saveAs({ name: 'a', station: 'curate', arrangement, panels: {} });
  saveAs({ name: 'a', station: 'sort', arrangement, panels: {} });
  saveAs({ name: 'a', station: 'curate', arrangement: tabs('isi'), panels: {} });
  expect(useLayouts.getState().named).toHaveLength(2);
  remove('curate', 'a');
  expect(useLayouts.getState().named.map(({ station }) => station)).toEqual(['sort']);
});
