import { expect, test } from 'vitest';
import type { FiringRates } from '../../core/shared/api.ts';
import { rowBoxes } from './histogramRows.ts';
import { rate } from './rate.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 560, height: 228 };
const options = rate.params.parse({});
const unitIds = [7, 2];
const args = { unitIds, bins: 10 };
const result: FiringRates = {
  ...args,
  seconds: 10,
  binS: 1,
  counts: Float64Array.from({ length: 20 }, (_, i) => i),
  numSpikes: Int32Array.of(45, 145),
};
const rates: AnswerOf<'rates'> = { method: 'rates', args, items: [], result };
const data: Data = { rates };
const boxes = rowBoxes(size, 2, false);
const box = boxes[0]!;
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
/** Two segments of 6 and 4 s. */
const two = toySession({ recording: { ...toySession().recording!, numFrames: [6000, 4000], tStart: [0, 100] } });

test('asks for 200 bins, or for as many as the length of a bin needs', () => {
  const bins = (change: Partial<typeof options>) =>
    rate.query(toyState(unitIds), { ...options, ...change }, size).rates?.args;
  expect(bins({})).toMatchObject({ unitIds, bins: 200 });
  expect(bins({ binBy: 'length', binS: 3 })).toMatchObject({ bins: 4 });
});

test('bars are spikes a second; zoomed in, those of the times seen', () => {
  const heights = (change: Partial<typeof options>) => {
    const [bars] = rate.draw(toyState(unitIds), data, { ...options, ...change }, size).filter((m) => m.kind === 'bars');
    return bars!.heights.subarray(0, bars!.bins);
  };
  const all = heights({});
  expect(all[75]).toBeCloseTo((1 - 17 / box.height) / 9);
  expect(all[499]).toBeCloseTo(1 - 17 / box.height);
  expect(heights({ zoom: [1, 2] }).every((v) => v === all[75])).toBe(true);
});

test('what the traces show is a band, segments have a border', () => {
  const state = { ...toyState(unitIds, two), window: { segment: 1, startFrame: 1000, endFrame: 2000 } };
  const marks = rate.draw(state, data, options, size);
  const band = marks.filter((mark) => mark.kind === 'rects').at(-1);
  expect([band!.rects[0], band!.rects[2]]).toEqual([box.x + 0.7 * box.width, box.x + 0.8 * box.width]);
  const border = marks.filter((mark) => mark.kind === 'segments').at(-1);
  expect(border!.position[0]).toBe(Math.round(box.x + 0.6 * box.width) + 0.5);
});

test('a click goes to its time, in its segment', () => {
  const pick = (state: ReturnType<typeof toyState>) =>
    rate.pick?.(hit(box.x + 0.7 * box.width, box.y + 5), state, data, options, size);
  expect(pick(toyState(unitIds))).toEqual({ kind: 'focus', focus: { time: { segment: 0, frame: 7000 } } });
  expect(pick(toyState(unitIds, two))).toEqual({ kind: 'focus', focus: { time: { segment: 1, frame: 1000 } } });
});

test('the pointer reads time and rate of the row', () => {
  const read = (y: number, state = toyState(unitIds), change: Partial<typeof options> = {}) =>
    rate.read?.(hit(box.x + 0.75 * box.width, y), state, data, { ...options, ...change }, size);
  expect(read(box.y + 5)).toBe('7.5 s · 7: 7 Hz');
  expect(read(boxes[1]!.y + 5, toyState(unitIds, two))).toBe('segment 1, 1.5 s · 2: 17 Hz');
  expect(read(box.y + 5, toyState(unitIds), { overlapped: true })).toBe('7.5 s · 7: 7 Hz · 2: 17 Hz');
});

test('times and units pointed at elsewhere are shown', () => {
  const echo = rate.echo?.({ unitId: 2, time: { segment: 0, frame: 5000 } }, toyState(unitIds), data, options, size);
  expect(echo).toEqual([
    { kind: 'upright', x: box.x + box.width / 2, from: 6, to: boxes[1]!.y + boxes[1]!.height },
    { kind: 'frame', box: boxes[1] },
  ]);
});

test('the wheel zooms at the pointer, within the recording; drag moves; reset shows all', () => {
  const state = toyState(unitIds);
  const at = hit(box.x + box.width / 2, 20);
  const zoomed = rate.wheel!(at, 1, state, options, size, data);
  expect(zoomed.zoom).toEqual([1, 9]);
  expect(rate.drag!({ dx: box.width / 16, dy: 0 }, state, zoomed, size, data).zoom).toEqual([0.5, 8.5]);
  expect(rate.drag!({ dx: box.width, dy: 0 }, state, zoomed, size, data).zoom).toEqual([0, 8]);
  expect(rate.wheel!(at, -2, state, zoomed, size, data).zoom).toBeUndefined();
  expect(rate.wheel!({ ...at, alt: true }, 1, state, options, size, data).bins).toBe(500);
  expect(rate.reset!(zoomed)).toEqual(options);
});

test('a time picked elsewhere is seen; what is seen stays where it is', () => {
  const follow = (frame: number) =>
    rate.follow!({ time: { segment: 1, frame } }, toyState(unitIds, two), { ...options, zoom: [1, 3] }, {}).zoom;
  expect(follow(1500)).toEqual([6.5, 8.5]);
  expect(follow(3900)).toEqual([8, 10]);
  const seen = { ...options, zoom: [6, 8] } satisfies typeof options;
  expect(rate.follow!({ time: { segment: 1, frame: 1500 } }, toyState(unitIds, two), seen, {})).toBe(seen);
  expect(rate.follow!({ channel: 3 }, toyState(unitIds, two), seen, {})).toBe(seen);
});

test('the table has the rates in Hz', () => {
  const table = rate.table?.(toyState(unitIds), data, options);
  expect(table?.[0]).toEqual(['time from (s)', '7 (Hz)', '2 (Hz)']);
  expect(table?.[10]).toEqual([9, 9, 19]);
});
