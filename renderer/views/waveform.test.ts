import { expect, test } from 'vitest';
import type { LinesMark, Mark } from '../gl/mark.ts';
import { unitColor } from './palette.ts';
import { toySession, toyState, toyWaveforms } from './toyState.ts';
import type { Data, Pointed } from './view.ts';
import { waveform } from './waveform.ts';
import { cellBox, gridOf, pixelsOf } from './waveformGrid.ts';
import { unitsOf } from './waveformUnits.ts';

const size = { width: 420, height: 440 };
const options = waveform.params.parse({});
const data: Data = { 'number 7': toyWaveforms(7), 'number 2': toyWaveforms(2) };
const none = { ctrl: false, shift: false };

function draw(unitIds: number[], change: Partial<typeof options> = {}, from = data): readonly Mark[] {
  return waveform.draw(toyState(unitIds), from, { ...options, ...change }, size);
}

function linesOf(unitIds: number[], change: Partial<typeof options> = {}): LinesMark[] {
  return draw(unitIds, change).filter((mark) => mark.kind === 'lines');
}

/** CSS pixels of point `i` of a mark's lines: scaled, then moved as its line is. */
function pixel({ box, domain, position, run, scale = [1, 1], at }: LinesMark, i: number) {
  const line = Math.floor(i / run);
  const x = position[2 * i]! * scale[0] + (at?.[2 * line] ?? 0);
  const y = position[2 * i + 1]! * scale[1] + (at?.[2 * line + 1] ?? 0);
  return {
    x: box.x + ((x - domain[0]) / (domain[2] - domain[0])) * box.width,
    y: box.y + box.height - ((y - domain[1]) / (domain[3] - domain[1])) * box.height,
  };
}

function grid(unitIds: number[], change: Partial<typeof options> = {}) {
  const state = toyState(unitIds);
  return gridOf(unitsOf(state, data), state, { ...options, ...change }, size);
}

const middle = ({ x, y, width, height }: LinesMark['box']) => ({ x: x + width / 2, y: y + height / 2 });

test('asks for each selected unit by itself, so that one more asks for one only', () => {
  const one = waveform.query(toyState([7]), options, size);
  const two = waveform.query(toyState([7, 2]), options, size);
  expect(Object.keys(two)).toEqual(['number 7', 'number 2']);
  expect(two['number 7']).toEqual(one['number 7']);
  expect(waveform.query(toyState([7]), { ...options, maxSpikes: 30 }, size)['number 7']?.args).toEqual({
    unitIds: [7],
    maxSpikes: 30,
  });
});

test('a merge does not ask anew for units that are still there', () => {
  const units = [{ unitId: 7, group: 'good', labels: {}, from: [7] }];
  const merged = toySession({ curation: { events: 5, canUndo: true, canRedo: false, units } });
  expect(waveform.query(toyState([7], merged), options, size)).toEqual(waveform.query(toyState([7]), options, size));
});

test('one mark draws all cells of a unit, in its colour, the first selected above', () => {
  const lines = linesOf([2, 7], { spikes: false });
  expect(lines.map(({ color }) => color)).toEqual([1, 0].map((order) => unitColor(toyState().palette, order)));
  expect(lines.map(({ run, position }) => position.length / 2 / run)).toEqual([2, 2]);
  // Over its spikes the template is lighter, or it could not be told from them.
  const over = linesOf([2]).find((line) => line.width !== undefined);
  expect(over?.color[0]).toBeGreaterThan(lines[1]!.color[0]);
  expect(draw([2, 7], { std: true, mean: true }).filter((mark) => mark.kind !== 'label').length).toBeLessThan(12);
});

test('a value lies as far above the middle of its cell as the scale bar says', () => {
  const [template] = linesOf([7], { spikes: false });
  const cells = grid([7]);
  const perUv = cells.gain * pixelsOf(cells).y;
  const cell = middle(cellBox(cells, 1));
  expect(pixel(template!, 4).y).toBeCloseTo(cell.y + 80 * perUv);
  expect(pixel(template!, 0).y).toBeCloseTo(cell.y);
  const bars = draw([7]).findLast((mark) => mark.kind === 'segments')!;
  const length = Math.abs(bars.position[5]! - bars.position[7]!);
  const texts = draw([7]).flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  const told = Number(texts.find((text) => text.endsWith('µV'))?.replace(' µV', ''));
  expect(Math.abs(length - told * perUv)).toBeLessThanOrEqual(1);
  expect(texts).toEqual(expect.arrayContaining(['1', '3', '2 ms', '7']));
});

test('the lowest trough is seen whole, also where there is one row only', () => {
  const { items, ...rest } = toyWaveforms(7);
  const one: Data = { 'number 7': { ...rest, items: [{ ...items[0]!, channels: Int32Array.of(0, 1) }] } };
  for (const from of [data, one]) {
    const template = draw([7], { spikes: false }, from).find((mark) => mark.kind === 'lines')!;
    const ys = Array.from({ length: template.position.length / 2 }, (_, i) => pixel(template, i).y);
    expect(Math.max(...ys)).toBeLessThan(size.height - 36);
    expect(Math.min(...ys)).toBeGreaterThan(0);
  }
});

test('single spikes: all of them in order, channel by channel', () => {
  const spikes = linesOf([7]).find((line) => line.width === undefined)!;
  expect(spikes.run).toBe(10);
  expect(spikes.position.length).toBe(2 * 10 * 2 * 2);
  const value = (i: number) => spikes.position[2 * i + 1];
  // Channel 1 is the first of two: spike 0 has 0, 2, 4 …, spike 1 has 20, 22 …; channel 3 has 1, 3 …
  expect([0, 1, 10, 11, 20, 21].map(value)).toEqual([0, 2, 20, 22, 1, 3]);
  const cells = grid([7]);
  expect([0, 1, 2, 3].map((line) => spikes.at![2 * line + 1])).toEqual(
    [1, 1, 3, 3].map((channel) => cells.cells.y.get(channel)),
  );
});

test('single spikes are laid down only where they are', () => {
  for (const change of [{}, { overlap: false }, { zoom: 3, pan: [40, -20] as [number, number] }]) {
    for (const spikes of linesOf([2, 7], change).filter((line) => line.width === undefined)) {
      const { x, y, width, height } = spikes.clip!;
      for (let i = 0; i < spikes.position.length / 2; i++) {
        const at = pixel(spikes, i);
        if (at.x < 0 || at.y < 0 || at.x > size.width || at.y > size.height) continue;
        expect(at.x).toBeGreaterThanOrEqual(x - 0.01);
        expect(at.x).toBeLessThanOrEqual(x + width + 0.01);
        expect(at.y).toBeGreaterThanOrEqual(y - 0.01);
        expect(at.y).toBeLessThanOrEqual(y + height + 0.01);
      }
    }
  }
});

test('units share how many points can be drawn: fewer spikes each, and the summary says so', () => {
  const many: Data = Object.fromEntries(
    [1, 2, 3, 4].map((unitId) => {
      const { items, ...rest } = toyWaveforms(unitId);
      const channels = Int32Array.from({ length: 30 }, (_, i) => i);
      const [samples, shown] = [90, 100];
      const template = new Float32Array(samples * 30).fill(1);
      const spikes = new Float32Array(shown * template.length);
      const waves = { ...items[0]!, channels, samples, shown, template, std: template, spikes, unitId };
      return [`number ${unitId}`, { ...rest, items: [waves] }];
    }),
  );
  expect(waveform.summary(toyState([1, 2, 3, 4]), many, options)).toBe('up to 46 spikes of each of 4 units');
  expect(waveform.summary(toyState([1]), many, options)).toBe('100 of 1,234 spikes');
  const rows = waveform.explain(toyState([1, 2, 3, 4]), many, options);
  expect(rows.find(([name]) => name === 'Unit 1')?.[1]).toContain('of 100 that were read');
});

test('moving and zooming use the same arrays, so nothing is made or sent anew', () => {
  const [spikes] = linesOf([7]);
  const [moved] = linesOf([7], { pan: [30, 10] });
  expect(moved!.position).toBe(spikes!.position);
  expect(moved!.box.x).toBe(spikes!.box.x + 30);
  const [template] = linesOf([7], { spikes: false });
  const [zoomed] = linesOf([7], { spikes: false, zoom: 2 });
  expect(zoomed!.position).toBe(template!.position);
  expect(zoomed!.at).toBe(template!.at);
  const [higher] = linesOf([7], { scale: 2 });
  expect(higher!.position).toBe(spikes!.position);
  expect(higher!.scale![1]).toBeCloseTo(2 * spikes!.scale![1]);
});

test('channels lie as on the probe: channel 3 above channel 1; stacked, by depth', () => {
  for (const layout of ['geometry', 'flat'] as const) {
    const cells = grid([7], { layout });
    const [one, three] = [cellBox(cells, 1), cellBox(cells, 3)];
    expect(three.y + three.height).toBeCloseTo(one.y);
    expect(three.x).toBe(one.x);
  }
});

test('what is switched off is not drawn', () => {
  const marks = (change: object) => draw([7], { template: false, spikes: false, ...change });
  expect(marks({}).some(({ kind }) => kind === 'lines')).toBe(false);
  expect(marks({ std: true }).filter(({ kind }) => kind === 'area').length).toBe(1);
  const mean = marks({ mean: true }).find((mark) => mark.kind === 'lines');
  // Mean of the two spikes: 0 and 20 at the first sample of channel 1.
  expect([...(mean?.position.subarray(0, 4) ?? [])]).toEqual([0, 10, 1, 12]);
  const names = (channelNames: boolean) => draw([7], { channelNames }).filter(({ kind }) => kind === 'label').length;
  expect(names(true)).toBe(names(false) + 2);
});

test('side by side, each unit has a part of the cell', () => {
  const ends = linesOf([2, 7], { spikes: false, overlap: false }).map((line) => [pixel(line, 0).x, pixel(line, 9).x]);
  const [second, first] = ends;
  const cell = cellBox(grid([2, 7]), 1);
  expect(first![0]).toBeGreaterThanOrEqual(cell.x);
  expect(first![1]).toBeLessThan(second![0]!);
  expect(second![1]).toBeLessThanOrEqual(cell.x + cell.width);
  expect(first![1]! - first![0]!).toBeCloseTo(second![1]! - second![0]!);
});

test('the band lies one standard deviation around the template; none where it is not known', () => {
  const band = draw([7], { std: true }).find((mark) => mark.kind === 'area')!;
  const cells = grid([7]);
  // [low line][high line] of channel 1 at sample 4
  const value = (i: number) => (band.position[2 * i + 1]! - cells.cells.y.get(1)!) / cells.gain;
  expect(value(4)).toBeCloseTo(-85);
  expect(value(14)).toBeCloseTo(-75);
  const { items, ...rest } = toyWaveforms(7);
  const without: Data = { 'number 7': { ...rest, items: [{ ...items[0]!, std: new Float32Array(20) }] } };
  expect(draw([7], { std: true }, without).some(({ kind }) => kind === 'area')).toBe(false);
});

test('the summary says how many spikes of how many, and that there are none', () => {
  expect(waveform.summary(toyState([7]), data, options)).toBe('2 of 1,234 spikes');
  expect(waveform.summary(toyState([7, 2]), data, options)).toBe('2 of 1,234 + 2 of 1,234 spikes');
  const { items, ...rest } = toyWaveforms(7);
  const bare: Data = { 'number 7': { ...rest, items: [{ ...items[0]!, shown: 0, spikes: new Float32Array() }] } };
  expect(waveform.summary(toyState([7]), bare, options)).toContain('templates only');
  const { recording: _none, ...session } = toySession();
  expect(waveform.summary(toyState([7], session), bare, options)).toBe('no raw data: templates of the sorting only');
  expect(draw([7], {}, bare).filter(({ kind }) => kind === 'lines').length).toBe(1);
});

test('the pointer reads channel, time and value', () => {
  const cells = grid([7]);
  const [template] = linesOf([7], { spikes: false });
  const trough = pixel(template!, 4);
  const hit = { ...trough, ...none };
  expect(waveform.read?.(hit, toyState([7]), data, options, size)).toBe(
    'channel ch1 · 0 ms · −80 µV · template of 7: −80 · main channel of 7',
  );
  const three = { ...middle(cellBox(cells, 3)), ...none };
  expect(waveform.read?.(three, toyState([7]), data, options, size)).toMatch(/^channel ch3 · 1 ms · 0 µV/);
  expect(waveform.read?.({ x: -50, y: 10, ...none }, toyState([7]), data, options, size)).toBeUndefined();
});

test('a click goes to the channel; the cell of a pointed one has a frame', () => {
  const cells = grid([2, 7]);
  const box = cellBox(cells, 3);
  const hit = { ...middle(box), ...none };
  expect(waveform.pick?.(hit, toyState([2, 7]), data, options, size)).toEqual({ kind: 'focus', focus: { channel: 3 } });
  expect(waveform.point?.(hit, toyState([2, 7]), data, options, size)).toEqual({ channel: 3 });
  const echo = (pointed: Pointed) => waveform.echo?.(pointed, toyState([2, 7]), data, options, size);
  expect(echo({ channel: 3 })).toEqual([{ kind: 'frame', box }]);
  expect(echo({ channel: 0 })).toEqual([]);
  expect(echo({ unitId: 5 })).toEqual([]);
  const apart = { ...options, overlap: false };
  const right = { x: box.x + 0.75 * box.width, y: box.y + 5, ...none };
  expect(waveform.point?.(right, toyState([2, 7]), data, apart, size)).toEqual({ channel: 3, unitId: 7 });
});

test('zooming at the pointer leaves what is under it', () => {
  const hit = { x: 300, y: 100, ...none };
  const zoomedIn = waveform.wheel?.(hit, 2, toyState([7]), options, size, data);
  const [before, after] = [grid([7]).box, grid([7], zoomedIn).box];
  const part = (box: typeof before) => [(hit.x - box.x) / box.width, (hit.y - box.y) / box.height];
  expect(after.width).toBeGreaterThan(before.width);
  part(after).forEach((v, i) => {
    expect(v).toBeCloseTo(part(before)[i]!);
  });
});

test('a table has a row a sample and a column a unit and channel', () => {
  const rows = waveform.table?.(toyState([7, 2]), data, options) ?? [];
  expect(rows[0]).toEqual([
    'time (ms)',
    'unit 7 channel ch1 (µV)',
    'unit 7 channel ch3 (µV)',
    'unit 2 channel ch1 (µV)',
    'unit 2 channel ch3 (µV)',
  ]);
  expect(rows.length).toBe(11);
  expect(rows[5]).toEqual([0, -80, 0, -80, 0]);
});

test('says what is missing', () => {
  expect(waveform.empty(toyState([]), options, {})).toContain('Select units');
  const { curation: _none, ...unsorted } = toySession();
  expect(waveform.empty(toyState([7], unsorted), options, {})).toContain('run Sort');
});
