import { expect, test } from 'vitest';
import type { UnitTable } from '../../core/shared/api.ts';
import { random } from '../../core/shared/random.ts';
import { diameters } from './metricPoints.ts';
import { metricScatter } from './metricScatter.ts';
import { sceneOf } from './metricScatterScene.ts';
import { bytes, unitColor } from './palette.ts';
import { pixelX, pixelY } from './plane.ts';
import { toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 462, height: 358 };
const options = metricScatter.params.parse({});
const column = (name: string, label: string, unit: string, values: number[]) => ({
  name,
  label,
  unit,
  help: `${label}.`,
  values: Float64Array.from(values),
});
const table: UnitTable = {
  unitIds: [1, 2, 3, 4],
  columns: [
    column('amplitude_median', 'Amplitude', 'µV', [0, 100, 50, Number.NaN]),
    column('depth', 'Depth', 'µm', [0, 200, 100, 100]),
    column('firing_rate', 'Rate', 'Hz', [1, 100, 10, 1]),
  ],
};
const dataOf = (result: UnitTable): Data => {
  const units: AnswerOf<'units'> = { method: 'units', args: undefined, items: [], result };
  return { units };
};
const data = dataOf(table);
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
const stateOf = (unitIds: number[], order: number[] = [1, 2, 3, 4]) => ({ ...toyState(unitIds), order });
const { plane } = sceneOf(stateOf([]), data, options, size)!;
const at = (x: number, y: number) => [pixelX(plane, x), pixelY(plane, y)] as const;
const pointsOf = (unitIds: number[], order?: number[], change: Partial<typeof options> = {}) =>
  metricScatter
    .draw(stateOf(unitIds, order), data, { ...options, ...change }, size)
    .filter((mark) => mark.kind === 'points');

test('a point a unit, large ones below; one without a value is left out and counted', () => {
  const points = pointsOf([]);
  expect(points.map(({ position }) => [...position])).toEqual([
    [100, 200],
    [50, 100],
    [0, 0],
  ]);
  expect(points.map(({ size: diameter }) => diameter)).toEqual([15, 11, 5]);
  expect(points[0]?.domain).toEqual([-5, -10, 105, 210]);
  expect(metricScatter.summary(stateOf([]), data, options)).toBe('3 of 4 units · 1 unit has no Amplitude');
});

test('without a third metric all are the same size, in one mark', () => {
  expect(pointsOf([], undefined, { size: '' }).map(({ position }) => position.length)).toEqual([6]);
});

test('sizes follow the logarithm', () => {
  expect([...diameters(Float64Array.of(0.1, 1, 10, Number.NaN, 0), 5)]).toEqual([5, 11, 15, 5, 5]);
});

test('units that the table has filtered out are pale', () => {
  const points = pointsOf([], [2, 3]);
  const opacity = (i: number) => points.find(({ position }) => position[0] === i)?.colors[3];
  expect(opacity(0)).toBe(Math.floor(255 * 0.25));
  expect(opacity(50)).toBe(Math.floor(255 * 0.75));
  expect(metricScatter.summary(stateOf([], [2, 3]), data, options)).toContain('2 filtered out of the table');
});

test('selected units have their colours and names, with a rim', () => {
  const state = stateOf([3, 4]);
  const [rim, own] = pointsOf([3, 4]).slice(-2);
  expect([...own!.position]).toEqual([50, 100]);
  expect(own!.colors).toEqual(bytes(unitColor(state.palette, 0)));
  expect(rim!.size).toBe(own!.size + 3);
  const texts = metricScatter
    .draw(state, data, options, size)
    .flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['3', 'Amplitude (µV)', 'Depth (µm)']));
  expect(texts).not.toContain('4');
});

test('panning uploads nothing', () => {
  const moved = metricScatter.drag!({ dx: 10, dy: 5 }, stateOf([3]), options, size, data);
  const state = stateOf([3]);
  const arrays = (change: Partial<typeof options>) =>
    metricScatter
      .draw(state, data, { ...options, ...change }, size)
      .flatMap((mark) => (mark.kind === 'points' ? [mark.position, mark.colors] : []));
  const [before, after] = [arrays({}), arrays(moved)];
  expect(after.every((array, i) => array === before[i])).toBe(true);
});

test('the nearest unit is read with its values, selected by a click, added with ctrl', () => {
  const [x, y] = at(50, 100);
  const near = hit(x + 3, y - 3);
  const state = stateOf([]);
  expect(metricScatter.read?.(near, state, data, options, size)).toBe(
    'unit 3 · Amplitude 50 µV · Depth 100 µm · Rate 10 Hz',
  );
  expect(metricScatter.point?.(near, state, data, options, size)).toEqual({ unitId: 3 });
  expect(metricScatter.pick?.(near, state, data, options, size)).toEqual({ kind: 'select', unitId: 3, add: false });
  expect(metricScatter.pick?.({ ...near, ctrl: true }, state, data, options, size)).toMatchObject({ add: true });
  expect(metricScatter.pick?.(hit(x + 40, y), state, data, options, size)).toBeUndefined();
});

test('a unit pointed at elsewhere has a ring', () => {
  const [x, y] = at(50, 100);
  const echo = (unitId: number) => metricScatter.echo?.({ unitId }, stateOf([]), data, options, size);
  expect(echo(3)).toEqual([{ kind: 'ring', x, y, radius: 11 / 2 + 5 }]);
  expect(echo(4)).toEqual([]);
});

test('a lasso selects what lies inside: here a disc, against its formula', () => {
  const { uniform } = random(5);
  const unitIds = Array.from({ length: 500 }, (_, i) => i);
  const xs = unitIds.map(() => uniform());
  const ys = unitIds.map(() => uniform());
  const many = dataOf({
    unitIds,
    columns: [column('amplitude_median', 'A', '', xs), column('depth', 'D', '', ys)],
  });
  const state = stateOf([], unitIds);
  const own = sceneOf(state, many, options, size)!.plane;
  const [cx, cy, r] = [pixelX(own, 0.5), pixelY(own, 0.5), 100];
  const line = Array.from({ length: 720 }, (_, i) => {
    const angle = (i / 360) * Math.PI;
    return { x: cx + r * Math.cos(angle), y: cy + r * Math.sin(angle) };
  });
  const inside = unitIds.filter((i) => Math.hypot(pixelX(own, xs[i]!) - cx, pixelY(own, ys[i]!) - cy) < r);
  expect(inside.length).toBeGreaterThan(20);
  expect(metricScatter.lasso?.(line, state, many, options, size)).toEqual({
    kind: 'units',
    unitIds: inside,
    add: false,
  });
});

test('on logarithmic axes what is 0 or less is counted', () => {
  const { domain } = sceneOf(stateOf([]), data, { ...options, logX: true }, size)!.plane;
  expect(domain[2]).toBeCloseTo(2 + 0.05 * Math.log10(2));
  expect(metricScatter.summary(stateOf([]), data, { ...options, logX: true })).toBe(
    '2 of 4 units · 1 unit has no Amplitude · 1 unit has Amplitude ≤ 0',
  );
});

test('the wheel zooms at the pointer, with shift or ctrl along one axis; reset shows all', () => {
  const [x, y] = at(50, 100);
  const wheel = (change: Partial<Hit>) =>
    metricScatter.wheel!(hit(x, y, change), 1, stateOf([]), options, size, data).zoom!.domain;
  expect(wheel({})[0]).toBeCloseTo(6);
  expect(wheel({})[3]).toBeCloseTo(188);
  expect(wheel({ shift: true })[0]).toBeCloseTo(-5);
  expect(wheel({ ctrl: true })[3]).toBeCloseTo(210);
});

test('where the default columns are not there, others are shown and can be chosen', () => {
  const bare = dataOf({
    unitIds: [1, 2],
    columns: [column('num_spikes', 'Spikes', '', [5, 6]), column('firing_rate', 'Rate', 'Hz', [1, 2])],
  });
  expect(sceneOf(stateOf([]), bare, options, size)?.columns).toMatchObject({
    x: { name: 'num_spikes' },
    y: { name: 'firing_rate' },
  });
  const choices = metricScatter.choices?.(stateOf([]), options, bare);
  expect(choices?.y?.[0]?.value).toBe('firing_rate');
  expect(choices?.size?.at(-1)).toEqual({ value: '', label: 'same size' });
});

test('five thousand units are a few marks', () => {
  const unitIds = Array.from({ length: 5000 }, (_, i) => i);
  const many = dataOf({
    unitIds,
    columns: [
      column('amplitude_median', 'A', '', unitIds),
      column('depth', 'D', '', unitIds),
      column('firing_rate', 'R', '', unitIds),
    ],
  });
  const marks = metricScatter.draw(stateOf(unitIds.slice(0, 100), unitIds), many, options, size);
  expect(marks.filter(({ kind }) => kind !== 'label').length).toBeLessThan(30);
  expect(marks.filter(({ kind }) => kind === 'label').length).toBeLessThan(60);
});
