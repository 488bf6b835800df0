import { expect, test } from 'vitest';
import type { Correlograms } from '../../core/shared/api.ts';
import { correlogram } from './correlogram.ts';
import { cellBox, matrixOf } from './correlogramCells.ts';
import { unitColor } from './palette.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 439, height: 444 };
const options = correlogram.params.parse({});
const args = { unitIds: [7, 2], windowMs: 50, binMs: 1 };
const counts = Float64Array.from({ length: 4 * 50 }, (_, i) => (i % 50) + Math.floor(i / 50));
const found = (result: Partial<Correlograms> = {}): AnswerOf<'correlograms'> => ({
  method: 'correlograms',
  args,
  items: [],
  result: { ...args, bins: 50, counts, numSpikes: Int32Array.of(1000, 500), seconds: 100, ...result },
});
const data: Data = { counts: found() };
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
const drawn = (unitIds: number[], change: Partial<typeof options> = {}) =>
  correlogram.draw(toyState(unitIds), data, { ...options, ...change }, size);

test('asks for the selected units with the window and bins chosen', () => {
  expect(correlogram.query(toyState([7, 2]), options, size)).toMatchObject({
    counts: { method: 'correlograms', args },
  });
  expect(correlogram.query(toyState([]), options, size)).toEqual({});
});

test('two marks a row: grey beside the diagonal, its own colour on it', () => {
  const { palette } = toyState();
  const bars = drawn([7, 2]).filter((mark) => mark.kind === 'bars');
  expect(bars.map(({ row }) => row)).toEqual([0, 2, 1, 3]);
  const [own, other] = [unitColor(palette, 0), unitColor(palette, 1)];
  expect(bars.map(({ color }) => color)).toEqual([palette.neutral, own, palette.neutral, other]);
  expect(bars.every(({ heights }) => heights === bars[0]?.heights)).toBe(true);
});

test('each cell shows its own pair, as high as its highest bar allows, and nothing lies in the gaps', () => {
  const matrix = matrixOf(size, 2, 19);
  const [first] = drawn([7, 2]).filter((mark) => mark.kind === 'bars');
  const row = (i: number) => [...first!.heights.subarray(i * first!.bins, (i + 1) * first!.bins)];
  const cell = cellBox(matrix, 0, 1);
  const from = cell.x - matrix.box.x;
  const beside = row(0);
  expect(beside.slice(0, from).every((v) => v === 0)).toBe(true);
  expect(beside[from]).toBeCloseTo(1 / (1.15 * 50));
  expect(Math.max(...beside)).toBeCloseTo(1 / 1.15);
  const own = row(2);
  expect(own.slice(from - 6).every((v) => v === 0)).toBe(true);
  expect(Math.max(...own)).toBeCloseTo(1 / 1.15);
});

test('the same scale in all cells makes them comparable', () => {
  const [, own] = drawn([7, 2], { scale: 'counts', shared: true }).filter((mark) => mark.kind === 'bars');
  const heights = own!.heights.subarray(2 * own!.bins, 3 * own!.bins);
  expect(Math.max(...heights)).toBeCloseTo(49 / (1.15 * 52));
});

test('dashes lie at the rate of independent units, upright lines at the refractory period', () => {
  const [upright, dashes] = drawn([7, 2]).filter((mark) => mark.kind === 'segments');
  const cell = cellBox(matrixOf(size, 2, 19), 0, 0);
  const off = (2 / 50) * cell.width;
  expect(upright?.position[0]).toBe(Math.round(cell.x + cell.width / 2 - off) + 0.5);
  expect(upright?.position[4]).toBe(Math.round(cell.x + cell.width / 2 + off) + 0.5);
  // 1000 spikes with themselves in 100 s: 10 pairs a bin of 1 ms.
  expect(dashes?.position[1]).toBe(Math.round(cell.y + cell.height * (1 - 10 / (1.15 * 49))) + 0.5);
});

test('units, lags and heights are written; labels can be put away', () => {
  const texts = (change: Partial<typeof options>) =>
    drawn([7, 2], change).flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts({})).toEqual(expect.arrayContaining(['7', '2', '−25', '0', '25 ms', '49 Hz']));
  expect(texts({ scale: 'counts' })).toContain('49');
  expect(texts({ scale: 'ratio' })).toContain('4.9 ×');
  expect(texts({ labels: false })).toEqual(['−25', '25 ms', '0']);
});

test('an old answer keeps its places; units no more selected are grey', () => {
  const bars = drawn([7]).filter((mark) => mark.kind === 'bars');
  expect(bars.at(-1)?.color).toEqual(toyState().palette.neutral);
});

test('the pointer reads lag, count, rate and ratio: the row around the column', () => {
  const cell = cellBox(matrixOf(size, 2, 19), 1, 0);
  const read = correlogram.read?.(hit(cell.x + 1, cell.y + 9), toyState([7, 2]), data, options, size);
  // 2 pairs around each of 1000 spikes of unit 7 in 1 ms; 1000 × 500 × 1 ms / 100 s = 5 pairs are expected.
  expect(read).toBe('unit 2 around 7 · −25 to −24 ms · 2 pairs · 2 Hz · 0.4 × expected');
});

test('a click on a name selects its unit, ctrl+click on a cell its pair', () => {
  const matrix = matrixOf(size, 2, 19);
  const pick = (at: Hit) => correlogram.pick?.(at, toyState([7, 2]), data, options, size);
  const cell = cellBox(matrix, 0, 1);
  expect(pick(hit(cell.x + 5, 5))).toEqual({ kind: 'select', unitId: 2, add: false });
  expect(pick(hit(5, cell.y + 5))).toEqual({ kind: 'select', unitId: 7, add: false });
  expect(pick(hit(cell.x + 5, cell.y + 5))).toBeUndefined();
  expect(pick(hit(cell.x + 5, cell.y + 5, { ctrl: true }))).toEqual({ kind: 'units', unitIds: [7, 2], add: false });
});

test('a unit pointed at elsewhere is framed', () => {
  const box = cellBox(matrixOf(size, 2, 19), 1, 1);
  expect(correlogram.echo?.({ unitId: 2 }, toyState([7, 2]), data, options, size)).toEqual([{ kind: 'frame', box }]);
  expect(correlogram.echo?.({ unitId: 9 }, toyState([7, 2]), data, options, size)).toEqual([]);
});

test('the wheel changes the window, with alt the bins, never to too few or too many bins', () => {
  const wheel = (turn: number, alt: boolean, from = options) =>
    correlogram.wheel?.(hit(0, 0, { alt }), turn, toyState([7]), from, size, data);
  expect(wheel(-1, false)).toMatchObject({ windowMs: 100, binMs: 1 });
  expect(wheel(1, true)).toMatchObject({ windowMs: 50, binMs: 0.5 });
  expect(wheel(-1, true, { ...options, windowMs: 5 })).toMatchObject({ windowMs: 5, binMs: 1 });
});

test('the table has a column a pair, in the heights chosen', () => {
  const table = correlogram.table?.(toyState([7, 2]), data, { ...options, scale: 'counts' });
  expect(table?.[0]).toEqual([
    'lag from (ms)',
    '7 around 7 (pairs)',
    '7 around 2 (pairs)',
    '2 around 7 (pairs)',
    '2 around 2 (pairs)',
  ]);
  expect(table?.[1]).toEqual([-25, 0, 1, 2, 3]);
  expect(table).toHaveLength(51);
});

test('a unit without spikes is drawn empty, not wrong', () => {
  const none = { counts: found({ numSpikes: Int32Array.of(0, 500), counts: new Float64Array(200) }) };
  const bars = correlogram.draw(toyState([7, 2]), none, options, size).filter((mark) => mark.kind === 'bars');
  expect(bars[0]!.heights.every((v) => v === 0)).toBe(true);
});

test('twenty units of a thousand bins are drawn with few marks', () => {
  const unitIds = Array.from({ length: 20 }, (_, i) => i);
  const many = found({
    unitIds,
    bins: 1000,
    counts: new Float64Array(400_000).fill(1),
    numSpikes: new Int32Array(20).fill(9),
  });
  const marks = correlogram.draw(toyState(unitIds), { counts: many }, options, { width: 260, height: 160 });
  expect(marks.filter(({ kind }) => kind !== 'label').length).toBeLessThan(50);
});

test('says what is missing', () => {
  expect(correlogram.empty(toyState([]), options, {})).toContain('Select units');
  expect(correlogram.empty(toyState([7], toySession()), options, {})).toBeUndefined();
});
