import { expect, test } from 'vitest';
import { correlogram } from './correlogram.ts';
import { unitColor } from './palette.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data } from './view.ts';

const size = { width: 416, height: 438 };
const options = correlogram.params.parse({});
const args = { unitIds: [7, 2], windowMs: 50, binMs: 1 };
const counts = Float64Array.from({ length: 4 * 50 }, (_, i) => (i % 50) + Math.floor(i / 50));
const found: AnswerOf<'correlograms'> = {
  method: 'correlograms',
  args,
  items: [],
  result: { ...args, bins: 50, counts, numSpikes: Int32Array.of(1000, 500), seconds: 100 },
};
const data: Data = { counts: found };

test('asks for the selected units with the window and bins chosen', () => {
  expect(correlogram.query(toyState([7, 2]), options, size)).toMatchObject({
    counts: { method: 'correlograms', args },
  });
  expect(correlogram.query(toyState([]), options, size)).toEqual({});
});

test('one histogram a pair: its own colour on the diagonal, grey beside it', () => {
  const state = toyState([7, 2]);
  const bars = correlogram.draw(state, data, options, size).filter((mark) => mark.kind === 'bars');
  expect(bars.map(({ row }) => row)).toEqual([0, 1, 2, 3]);
  expect(bars.map(({ color }) => color)).toEqual([
    unitColor(state.palette, 0),
    state.palette.neutral,
    state.palette.neutral,
    unitColor(state.palette, 1),
  ]);
  expect(bars.every(({ heights }) => heights === bars[0]?.heights)).toBe(true);
  expect(bars[0]?.box).toEqual({ x: 8, y: 18, width: 197, height: 197 });
  expect(bars[3]?.box).toEqual({ x: 211, y: 221, width: 197, height: 197 });
});

test('the highest bar leaves room above it', () => {
  const [first] = correlogram.draw(toyState([7, 2]), data, options, size).filter((mark) => mark.kind === 'bars');
  expect(first?.top).toBeCloseTo(1.15 * 49);
});

test('dashes lie at the rate of independent units, upright lines at the refractory period', () => {
  const marks = correlogram.draw(toyState([7, 2]), data, options, size);
  const [refractory, dashes] = marks.filter((mark) => mark.kind === 'segments');
  const middle = 8 + 197 / 2;
  const off = (2 / 50) * 197;
  expect(refractory?.position[0]).toBe(Math.round(middle - off) + 0.5);
  expect(refractory?.position[4]).toBe(Math.round(middle + off) + 0.5);
  // 1000 spikes with themselves in 100 s: 10 a bin of 1 ms.
  expect(dashes?.position[1]).toBe(Math.round(18 + 197 * (1 - 10 / (1.15 * 49))) + 0.5);
});

test('units, lags and rates are written', () => {
  const labels = correlogram.draw(toyState([7, 2]), data, options, size).filter((mark) => mark.kind === 'label');
  expect(labels.map(({ text }) => text)).toEqual(expect.arrayContaining(['7', '2', '−25', '0', '25 ms', '49 Hz']));
});

test('an old answer keeps its places; units no more selected are grey', () => {
  const [, , , last] = correlogram.draw(toyState([7]), data, options, size).filter((mark) => mark.kind === 'bars');
  expect(last?.color).toEqual(toyState().palette.neutral);
});

test('the pointer reads lag, count and rate', () => {
  const read = correlogram.read?.(
    { x: 8 + 1, y: 300, ctrl: false, shift: false },
    toyState([7, 2]),
    data,
    options,
    size,
  );
  expect(read).toBe('unit 7 around 2 · −25 to −24 ms · 2 pairs · 4.00 Hz');
});

test('the wheel changes the window, with ctrl the bins, never to too few or too many bins', () => {
  const wheel = (turn: number, ctrl: boolean, from = options) =>
    correlogram.wheel?.({ x: 0, y: 0, ctrl, shift: false }, turn, toyState([7]), from, size);
  expect(wheel(-1, false)).toMatchObject({ windowMs: 100, binMs: 1 });
  expect(wheel(1, true)).toMatchObject({ windowMs: 50, binMs: 0.5 });
  expect(wheel(-1, true, { ...options, windowMs: 10 })).toMatchObject({ windowMs: 10, binMs: 1 });
});

test('says what is missing', () => {
  expect(correlogram.empty(toyState([]), options)).toContain('Select units');
  expect(correlogram.empty(toyState([7], toySession()), options)).toBeUndefined();
});
