import { expect, test } from 'vitest';
import type { UnitTable } from '../../core/shared/api.ts';
import { metricHistogram } from './metricHistogram.ts';
import { bytes, fade, unitColor } from './palette.ts';
import { toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 452, height: 244 };
const options = metricHistogram.params.parse({ bins: 4 });
/** 8 units: SNR 0, 1, … 6 and one without. */
const snr = Float64Array.of(0, 1, 2, 3, 4, 5, 8, Number.NaN);
const table: UnitTable = {
  unitIds: [10, 11, 12, 13, 14, 15, 16, 17],
  columns: [
    { name: 'main_channel', label: 'Channel', unit: '', help: '', values: Array.from({ length: 8 }, () => 'a') },
    { name: 'snr', label: 'SNR', unit: '', help: 'Signal to noise.', values: snr },
    { name: 'depth', label: 'Depth', unit: 'µm', help: 'Place.', values: snr.map((v) => 100 * v) },
    { name: 'drift', label: 'Drift', unit: 'µm', help: '', values: new Float64Array(8).fill(Number.NaN) },
  ],
};
const units: AnswerOf<'units'> = { method: 'units', args: undefined, items: [], result: table };
const data: Data = { units };
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
/** The table shows them from below, without unit 11. */
const order = [17, 16, 15, 14, 13, 12, 10];
const stateOf = (unitIds: number[]) => ({ ...toyState(unitIds), order });
/** The plot is 400 wide: a bin of 2 is 100. */
const LEFT = 44;

function rectsOf(unitIds: number[], change: Partial<typeof options> = {}) {
  const marks = metricHistogram.draw(stateOf(unitIds), data, { ...options, ...change }, size);
  const rects = marks.find((mark) => mark.kind === 'rects')!;
  const all = Array.from({ length: rects.rects.length / 4 }, (_, i) => ({
    rect: [...rects.rects.subarray(4 * i, 4 * i + 4)],
    color: [...rects.colors.subarray(4 * i, 4 * i + 4)],
  }));
  return { all, domain: rects.domain };
}

test('columns of numbers can be chosen; those without any value cannot', () => {
  const choices = (metric: string) => metricHistogram.choices?.(stateOf([]), { ...options, metric }, data).metric;
  expect(choices('snr')).toEqual([
    { value: 'snr', label: 'SNR' },
    { value: 'depth', label: 'Depth (µm)' },
  ]);
  // What is shown instead of an unknown one stands first.
  expect(choices('gone')?.[0]?.value).toBe('snr');
});

test('a bar a bin: those of the table, above them the filtered ones, pale', () => {
  const { palette } = toyState();
  const { all, domain } = rectsOf([]);
  const [kept, out] = [[...bytes(fade(palette.neutral, 0.8))], [...bytes(fade(palette.neutral, 0.3))]];
  expect(all).toEqual([
    { rect: [0, 0, 2, 1], color: kept },
    { rect: [0, 1, 2, 2], color: out },
    { rect: [2, 0, 4, 2], color: kept },
    { rect: [4, 0, 6, 2], color: kept },
    { rect: [6, 0, 8, 1], color: kept },
  ]);
  expect(domain).toEqual([0, 0, 8, 2.2]);
});

test('selected units lie at the bottom of their bars in their colours, with a line at the value', () => {
  const state = stateOf([13, 12]);
  const { all } = rectsOf([13, 12]);
  expect(all.slice(0, 2)).toEqual([
    { rect: [2, 0, 4, 1], color: [...bytes(unitColor(state.palette, 0))] },
    { rect: [2, 1, 4, 2], color: [...bytes(unitColor(state.palette, 1))] },
  ]);
  expect(all.filter(({ rect }) => rect[0] === 2)).toHaveLength(2);
  const lines = metricHistogram.draw(state, data, options, size).filter((mark) => mark.kind === 'segments');
  expect(lines[0]!.position[0]).toBe(LEFT + 150 + 0.5);
});

test('a click on a bar selects its units, in the order of the table, none that are filtered out', () => {
  const pick = (x: number, ctrl = false) =>
    metricHistogram.pick?.(hit(LEFT + x, 50, { ctrl }), stateOf([]), data, options, size);
  expect(pick(150)).toEqual({ kind: 'units', unitIds: [13, 12], add: false });
  expect(pick(50, true)).toEqual({ kind: 'units', unitIds: [10], add: true });
  expect(pick(-5)).toBeUndefined();
});

test('a line drawn over a range selects the units in it', () => {
  const line = [120, 320, 200].map((x, i) => ({ x: LEFT + x, y: 40 + i }));
  expect(metricHistogram.lasso?.(line, stateOf([]), data, options, size)).toEqual({
    kind: 'units',
    unitIds: [15, 14, 13],
    add: false,
  });
});

test('the pointer reads the bar; units without a value are counted', () => {
  const read = metricHistogram.read?.(hit(LEFT + 50, 50), stateOf([10]), data, options, size);
  expect(read).toBe('SNR 0 to 2 · 2 units, 1 filtered out · selected: 10');
  expect(metricHistogram.summary(stateOf([]), data, options)).toBe(
    '8 units · 1 unit has no SNR · 1 filtered out of the table',
  );
  expect(metricHistogram.summary(stateOf([]), data, { ...options, log: true })).toContain('1 unit has SNR ≤ 0');
});

test('on a logarithmic axis bars are of equal ratio', () => {
  const { domain } = rectsOf([], { log: true });
  expect(domain[0]).toBe(0);
  expect(domain[2]).toBeCloseTo(Math.log10(8));
});

test('a unit pointed at elsewhere is shown', () => {
  const echo = metricHistogram.echo?.({ unitId: 14 }, stateOf([]), data, options, size);
  expect(echo).toEqual([{ kind: 'upright', x: LEFT + 200, from: 8, to: 208 }]);
  expect(metricHistogram.echo?.({ unitId: 17 }, stateOf([]), data, options, size)).toEqual([]);
});

test('the wheel zooms at the pointer; what was zoomed of one metric does not hide another', () => {
  const zoomed = metricHistogram.wheel!(hit(LEFT + 200, 50), 1, stateOf([]), options, size, data);
  expect(zoomed.zoom?.of).toBe('snr');
  expect(zoomed.zoom?.range[0]).toBeCloseTo(0.8);
  expect(rectsOf([], zoomed).domain[0]).toBeCloseTo(0.8);
  expect(rectsOf([], { ...zoomed, metric: 'depth' }).domain[0]).toBe(0);
  expect(metricHistogram.wheel!(hit(0, 0, { alt: true }), 1, stateOf([]), options, size, data).bins).toBe(10);
  expect(metricHistogram.reset!(zoomed)).toEqual(options);
});

test('where the unit table is not there to filter, all units count', () => {
  const state = { ...toyState([]), order: [] };
  expect(metricHistogram.summary(state, data, options)).toBe('8 units · 1 unit has no SNR');
});

test('says what is missing', () => {
  const none: Data = { units: { ...units, result: { unitIds: [1], columns: [] } } };
  expect(metricHistogram.empty(stateOf([]), options, none)).toContain('run Analyze');
  expect(metricHistogram.empty(stateOf([]), options, data)).toBeUndefined();
});
