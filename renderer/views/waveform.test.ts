import { expect, test } from 'vitest';
import type { LinesMark } from '../gl/mark.ts';
import { unitColor } from './palette.ts';
import { toySession, toyState, toyWaveforms } from './toyState.ts';
import type { Data } from './view.ts';
import { waveform } from './waveform.ts';

const size = { width: 420, height: 440 };
const options = waveform.params.parse({});
const data: Data = { 'number 7': toyWaveforms(7), 'number 2': toyWaveforms(2) };

function linesOf(unitIds: number[], change: Partial<typeof options> = {}): LinesMark[] {
  return waveform
    .draw(toyState(unitIds), data, { ...options, ...change }, size)
    .filter((mark) => mark.kind === 'lines');
}

test('asks for each selected unit by itself, so that one more asks for one only', () => {
  const one = waveform.query(toyState([7]), options, size);
  const two = waveform.query(toyState([7, 2]), options, size);
  expect(Object.keys(two)).toEqual(['number 7', 'number 2']);
  expect(two['number 7']).toEqual(one['number 7']);
});

test('a merge does not ask anew for units that are still there', () => {
  const units = [{ unitId: 7, group: 'good', labels: {}, from: [7] }];
  const merged = toySession({ curation: { events: 5, canUndo: true, canRedo: false, units } });
  expect(waveform.query(toyState([7], merged), options, size)).toEqual(waveform.query(toyState([7]), options, size));
});

test('spikes and template are drawn on each channel, in the colour of the unit', () => {
  const lines = linesOf([2, 7], { spikes: false });
  expect(lines.map(({ color }) => color)).toEqual([0, 0, 1, 1].map((order) => unitColor(toyState().palette, order)));
  expect(lines.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 2],
    [0, 1],
    [1, 2],
  ]);
  // Over its spikes the template is lighter, or it could not be told from them.
  const over = linesOf([7]).find((line) => line.width !== undefined);
  expect(over?.color[0]).toBeGreaterThan(lines[0]!.color[0]);
  const [spikes] = linesOf([7]).filter((line) => line.width === undefined);
  expect(spikes).toMatchObject({ run: 10, from: 0, to: 2 });
  // Channel 1 is the first of two: spike 0 has 0, 2, 4 …, spike 1 has 20, 22 …
  expect([...(spikes?.position.subarray(0, 4) ?? [])]).toEqual([0, 0, 1, 2]);
  expect([...(spikes?.position.subarray(20, 24) ?? [])]).toEqual([0, 20, 1, 22]);
});

test('channels lie as on the probe: channel 3 above channel 1', () => {
  const [one, three] = linesOf([7], { spikes: false });
  expect(three!.box.y).toBeLessThan(one!.box.y);
  expect(three!.box.x).toBe(one!.box.x);
});

test('what is switched off is not drawn', () => {
  const marks = (change: object) =>
    waveform.draw(toyState([7]), data, { ...options, template: false, spikes: false, ...change }, size);
  const kinds = (change: object) => marks(change).map(({ kind }) => kind);
  expect(kinds({})).not.toContain('lines');
  expect(kinds({ std: true }).filter((kind) => kind === 'area').length).toBe(2);
  const mean = marks({ mean: true }).find((mark) => mark.kind === 'lines');
  // Mean of the two spikes: 0 and 20 at the first sample of channel 1.
  expect([...(mean?.position.subarray(0, 2) ?? [])]).toEqual([0, 10]);
});

test('side by side, each unit has a part of the cell', () => {
  const [first, , second] = linesOf([2, 7], { spikes: false, overlap: false });
  expect(second!.box.x).toBeCloseTo(first!.box.x + first!.box.width);
});

test('the band lies one standard deviation around the template', () => {
  const marks = waveform.draw(toyState([7]), data, { ...options, std: true }, size);
  const band = marks.find((mark) => mark.kind === 'area');
  // [low line][high line] of channel 1 at sample 4
  expect([band?.position[2 * 4 + 1], band?.position[2 * 14 + 1]]).toEqual([-85, -75]);
});

test('scale bars and summary say how much', () => {
  const texts = waveform
    .draw(toyState([7]), data, options, size)
    .flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['1', '3', '2 ms', '20 µV']));
  expect(waveform.summary(toyState([7]), data, options)).toBe('2 of 1,234 spikes');
});

test('the pointer reads the channel', () => {
  const [one] = linesOf([7], { spikes: false });
  const at = { x: one!.box.x + 5, y: one!.box.y + 5, ctrl: false, shift: false };
  expect(waveform.read?.(at, toyState([7]), data, options, size)).toBe('channel ch1 · main channel of 7');
});

test('zooming at the pointer leaves what is under it', () => {
  const hit = { x: 300, y: 100, ctrl: false, shift: false };
  const zoomedIn = waveform.wheel?.(hit, 2, toyState([7]), options, size);
  const place = (o: typeof options) =>
    waveform.draw(toyState([7]), data, { ...o, spikes: false }, size).find((mark) => mark.kind === 'lines')!.box;
  const [before, after] = [place(options), place(zoomedIn!)];
  const part = (box: typeof before) =>
    (hit.x - (box.x + box.width / 2)) / (zoomedIn && box === after ? zoomedIn.zoom : 1);
  expect(part(after)).toBeCloseTo(part(before));
});

test('says what is missing', () => {
  expect(waveform.empty(toyState([]), options)).toContain('Select units');
  const { curation: _none, ...unsorted } = toySession();
  expect(waveform.empty(toyState([7], unsorted), options)).toContain('run Sort');
});
