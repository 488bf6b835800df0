import { expect, test } from 'vitest';
import { probe } from './probe.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data } from './view.ts';

const size = { width: 252, height: 226 };
const options = probe.params.parse({});
const places: AnswerOf<'places'> = {
  method: 'places',
  args: undefined,
  items: [],
  result: [
    { unitId: 7, x: 0, y: 0, extremumChannel: 0, channels: Int32Array.of(0, 2) },
    { unitId: 2, x: 30, y: 20, extremumChannel: 3, channels: Int32Array.of(2, 3) },
  ],
};
const data: Data = { places };

test('a contact a channel, with room between neighbours', () => {
  const rects = probe.draw(toyState(), data, options, size).find((mark) => mark.kind === 'rects');
  expect([...(rects?.rects.subarray(0, 4) ?? [])]).toEqual([-10.5, -7, 10.5, 7]);
  expect(rects?.rects.length).toBe(16);
});

test('contacts of selected units have their colours, the first selected on top', () => {
  const rects = probe.draw(toyState([2, 7]), data, options, size).find((mark) => mark.kind === 'rects');
  const color = (channel: number) => [...(rects?.colors.subarray(4 * channel, 4 * channel + 3) ?? [])];
  expect(color(3)).toEqual([0x4f, 0x9d, 0xff]);
  expect(color(2)).toEqual([0x4f, 0x9d, 0xff]);
  expect(color(0)).toEqual([0xff, 0x62, 0x57]);
  expect(color(1)).toEqual([0x8b, 0x94, 0xa2]);
});

test('the whole probe is seen, true to scale', () => {
  const rects = probe.draw(toyState(), data, options, size).find((mark) => mark.kind === 'rects');
  const [x0, y0, x1, y1] = rects!.domain;
  const { width, height } = rects!.box;
  expect((x1 - x0) / width).toBeCloseTo((y1 - y0) / height);
  expect(x0).toBeLessThan(-10.5);
  expect(y1).toBeGreaterThan(27);
});

test('a long thin probe is drawn wider than true', () => {
  const y = Float64Array.from({ length: 200 }, (_, i) => 20 * i);
  const layout = { x: y.map((_, i) => 16 * (i % 2)), y, probe: new Int32Array(200), shank: [], contactId: [] };
  const [x0, y0, x1, y1] = probe
    .draw(toyState([], toySession({ layout })), data, options, size)
    .find((mark) => mark.kind === 'rects')!.domain;
  expect((x1 - x0) / 200).toBeLessThan((y1 - y0) / 200 / 5);
});

test('a click on a unit selects it, ctrl adds it; beside units nothing', () => {
  const marks = probe.draw(toyState(), data, options, size);
  const { box, domain } = marks.find((mark) => mark.kind === 'rects')!;
  const x = box.x + ((30 - domain[0]) / (domain[2] - domain[0])) * box.width;
  const y = box.y + box.height - ((20 - domain[1]) / (domain[3] - domain[1])) * box.height;
  const pick = (dx: number, ctrl: boolean) =>
    probe.pick?.({ x: x + dx, y, ctrl, shift: false }, toyState(), data, options, size);
  expect(pick(2, false)).toEqual({ kind: 'select', unitId: 2, add: false });
  expect(pick(2, true)).toEqual({ kind: 'select', unitId: 2, add: true });
  expect(pick(40, false)).toBeUndefined();
  expect(probe.read?.({ x, y, ctrl: false, shift: false }, toyState(), data, options, size)).toBe(
    'unit 2 · 30.0, 20.0 µm',
  );
});

test('wheel and drag change what is seen, reset brings all back', () => {
  const zoomedIn = probe.wheel?.({ x: 100, y: 100, ctrl: false, shift: false }, 1, toyState(), options, size);
  expect(zoomedIn?.zoom).toBeDefined();
  const dragged = zoomedIn && probe.drag?.({ dx: 10, dy: 0 }, toyState(), zoomedIn, size);
  expect(dragged!.zoom![0]).toBeLessThan(zoomedIn!.zoom![0]);
  expect(dragged && probe.reset?.(dragged)).toEqual(options);
});

test('without a probe it says where to choose one', () => {
  const { layout: _none, ...without } = toySession();
  expect(probe.empty(toyState([], without, {}), options)).toContain('station Probe');
});
