import { expect, test } from 'vitest';
import type { Mark, TracesMark } from '../gl/mark.ts';
import { toySession, toyState, toyTraces } from './toyState.ts';
import { showsImage, trace } from './trace.ts';
import { within, zoomed } from './traceWindow.ts';
import type { AnswerOf, Data } from './view.ts';

const size = { width: 1052, height: 422 };
const options = { ...trace.params.parse({}), startS: 0.2, spanS: 0.5, perRow: { bandpass_filter: 100 } };
const hit = { x: 0, y: 0, ctrl: false, shift: false };

const spikes: AnswerOf<'spikes'> = {
  method: 'spikes',
  args: { unitIds: [7], segment: 0, startFrame: 0, endFrame: 1000 },
  items: [],
  result: { sampleIndex: Float64Array.of(500), unit: Int32Array.of(0) },
};
const places: AnswerOf<'places'> = {
  method: 'places',
  args: undefined,
  items: [],
  result: [{ unitId: 7, x: 0, y: 0, extremumChannel: 1, channels: Int32Array.of(1, 3) }],
};
const data: Data = { traces: toyTraces(), spikes, places };

function tracesOf(marks: readonly Mark[]): TracesMark[] {
  return marks.filter((mark) => mark.kind === 'traces');
}

test('asks for a little more than is seen, at most one column a pixel, of the last node', () => {
  const { traces } = trace.query(toyState(), options, size);
  expect(traces).toMatchObject({
    method: 'traces',
    args: { node: 1, segment: 0, startFrame: 0, endFrame: 875, columns: 1750 },
  });
});

test('a small pan asks for the same data', () => {
  const asked = (startS: number) => JSON.stringify(trace.query(toyState(), { ...options, startS }, size));
  expect(asked(0.3)).toBe(asked(0.32));
  expect(asked(0.3)).not.toBe(asked(0.45));
});

test('spikes and places are asked for selected units only', () => {
  expect(Object.keys(trace.query(toyState(), options, size))).toEqual(['traces']);
  const query = trace.query(toyState([7]), options, size);
  expect(query.spikes).toMatchObject({ method: 'spikes', args: { unitIds: [7], segment: 0 } });
  expect(Object.keys(trace.query(toyState([7]), { ...options, spikes: false }, size))).toEqual(['traces']);
});

test('a tile lies where its frames are, relative to the start of the window', () => {
  const [mark] = tracesOf(trace.draw(toyState(), data, options, size));
  expect(mark).toMatchObject({ firstRow: 0, rows: 4, columns: 100, gain: 0.5 / 100 });
  expect(mark?.domain).toEqual([0, -0.5, 0.5, 3.5]);
  expect(mark?.span).toEqual([-0.2, 0.8]);
  expect([...(mark?.pieces ?? [])]).toEqual([0, 1, 0, 0, 1, 1, 0, 1, 2, 0, 1, 3]);
});

test('spikes of selected units colour the rows of their channels around their time', () => {
  const [, colored] = tracesOf(trace.draw(toyState([7]), data, options, size));
  const pieces = [...(colored?.pieces ?? [])];
  expect(pieces[2]).toBe(1);
  expect(pieces[5]).toBe(3);
  expect(pieces[0]).toBeLessThan(0.5);
  expect(pieces[1]).toBeGreaterThan(0.5);
  expect(pieces[1]! - pieces[0]!).toBeLessThan(0.01);
  expect([...(colored?.colors.subarray(0, 3) ?? [])]).toEqual([0x4f, 0x9d, 0xff]);
});

test('drawing again gives the same arrays, so nothing is uploaded', () => {
  const draw = () => tracesOf(trace.draw(toyState([7]), data, options, size));
  const [first, again] = [draw(), draw()];
  expect(again.map((mark) => mark.pieces === first[again.indexOf(mark)]?.pieces)).toEqual([true, true]);
});

test('time has its unit, channels their names', () => {
  const texts = trace
    .draw(toyState(), data, options, size)
    .flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['0', '1', '2', '3', 's', '0.20', '0.60', '50 µV']));
});

test('without traces only the background is drawn', () => {
  expect(trace.draw(toyState(), {}, options, size).map(({ kind }) => kind)).toEqual(['fill']);
});

test('the height of rows is taken from the data once', () => {
  const settled = trace.settle?.(toyState(), data, { ...options, perRow: {} });
  expect(settled?.perRow.bandpass_filter).toBeGreaterThan(5);
  expect(settled && trace.settle?.(toyState(), data, settled)).toBe(settled);
});

test('the pointer reads time, channel and values', () => {
  // Row 1 of 4 from below, the middle of the window: 0.45 s, column 45.
  const read = trace.read?.({ ...hit, x: 52 + 500, y: 250 }, toyState(), data, options, size);
  expect(read).toBe('0.4500 s · channel ch1 · −5 to 5 µV');
  expect(trace.read?.({ ...hit, x: 10, y: 250 }, toyState(), data, options, size)).toBeUndefined();
});

test('ctrl+click near a spike selects its unit', () => {
  const at = { x: 52 + ((0.5 - 0.2) / 0.5) * 1000, y: 100, shift: false };
  expect(trace.pick?.({ ...at, ctrl: true }, toyState([7]), data, options, size)).toEqual({
    kind: 'select',
    unitId: 7,
    add: false,
  });
  expect(trace.pick?.({ ...at, ctrl: false }, toyState([7]), data, options, size)).toBeUndefined();
});

test('the window stays inside its segment', () => {
  expect(within(toyState(), { ...options, startS: 99 }).startS).toBe(9.5);
  expect(within(toyState(), { ...options, startS: -1 }).startS).toBe(0);
  expect(zoomed(toyState(), options, 100, 0.5)).toMatchObject({ startS: 0, spanS: 10 });
});

test('zooming keeps what is under the pointer', () => {
  const next = zoomed(toyState(), { ...options, startS: 4 }, 0.5, 0.25);
  expect(next.startS + 0.25 * next.spanS).toBeCloseTo(4 + 0.25 * 0.5);
});

test('the wheel zooms time, with ctrl the height, with shift the rows', () => {
  const wheel = (change: object) =>
    trace.wheel?.({ x: 552, y: 200, ctrl: false, shift: false, ...change }, 1, toyState(), options, size);
  expect(wheel({})?.spanS).toBeCloseTo(0.4);
  expect(wheel({ ctrl: true })?.perRow.bandpass_filter).toBeCloseTo(80);
  const rows = wheel({ shift: true })?.rows;
  expect(rows?.[0]).toBeCloseTo(0.4);
  expect(rows?.[1]).toBeCloseTo(3.2);
});

test('many rows are an image, unless the user says otherwise', () => {
  expect(showsImage(options, 32)).toBe(false);
  expect(showsImage(options, 384)).toBe(true);
  expect(showsImage({ ...options, rows: [0, 40] }, 384)).toBe(false);
  expect(showsImage({ ...options, image: false }, 384)).toBe(false);
  const marks = trace.draw(toyState(), data, { ...options, image: true }, size);
  const image = marks.find((mark) => mark.kind === 'image');
  expect(image?.values[150]).toBe(-100);
  expect(image?.values[0]).toBe(10);
});

test('says what is missing', () => {
  const { recording: _none, ...without } = toySession();
  expect(trace.empty(toyState([], without), options)).toContain('No recording');
  const asking = toySession({ nodes: [], asks: ['num_channels'] });
  expect(trace.empty(toyState([], asking), options)).toContain('once the form');
  const failed = {
    ...without,
    stations: { ...without.stations, recording: { state: 'failed', detail: '', error: { message: 'x.bin is gone' } } },
  } as const;
  expect(trace.empty(toyState([], failed), options)).toBe('x.bin is gone');
  expect(trace.empty(toyState(), options)).toBeUndefined();
});
