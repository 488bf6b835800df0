import { expect, test } from 'vitest';
import type { UnitId } from '../../core/shared/sorting.ts';
import { probe } from './probe.ts';
import { contactBox, pixelOf, sceneOf } from './probeScene.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data, Pointed } from './view.ts';

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
const sparsity: AnswerOf<'sparsity'> = {
  method: 'sparsity',
  args: { unitId: 7 },
  items: [],
  result: {
    unitId: 7,
    rule: 'within 25 µm',
    radiusUm: 25,
    extremumChannel: 0,
    kept: Uint8Array.of(1, 0, 1, 0),
    distance: Float64Array.of(0, 30, 20, Math.hypot(30, 20)),
    amplitude: Float64Array.of(80, Number.NaN, 31.23, Number.NaN),
    unit: 'µV',
  },
};
const activity: AnswerOf<'activity'> = {
  method: 'activity',
  args: { node: 1 },
  items: [],
  result: { node: 1, unit: 'µV', rms: Float64Array.of(5, 10, Number.NaN, 20), source: '20 stretches of 0.1 s' },
};

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

const none = { ctrl: false, shift: false };
const scene = sceneOf(toySession().layout!, options, size, data);
const unit2 = pixelOf(scene, 30, 20);
const read = (hit: { x: number; y: number }, ids: UnitId[] = [], with_ = data, o = options) =>
  probe.read?.({ ...hit, ...none }, toyState(ids), with_, o, size);

test('a click on a unit selects it, ctrl adds it; beside units nothing', () => {
  const pick = (dx: number, ctrl: boolean) =>
    probe.pick?.({ x: unit2.x + dx, y: unit2.y, ctrl, shift: false }, toyState(), data, options, size);
  expect(pick(2, false)).toEqual({ kind: 'select', unitId: 2, add: false });
  expect(pick(2, true)).toEqual({ kind: 'select', unitId: 2, add: true });
  expect(pick(-200, false)).toBeUndefined();
  expect(read(unit2)).toBe('unit 2 · 30.0, 20.0 µm · main channel ch3');
});

test('a click on a contact goes to its channel, which then has a frame', () => {
  const at = pixelOf(scene, 30, 0);
  const hit = { ...at, ...none };
  expect(probe.pick?.(hit, toyState(), data, options, size)).toEqual({ kind: 'focus', focus: { channel: 1 } });
  expect(probe.point?.(hit, toyState(), data, options, size)).toEqual({ channel: 1 });
  expect(read(at)).toBe('channel ch1 · 30, 0 µm');
  const lines = (channel?: number) =>
    probe
      .draw({ ...toyState(), focus: channel === undefined ? {} : { channel } }, data, options, size)
      .filter((mark) => mark.kind === 'segments').length;
  expect(lines(1)).toBe(lines() + 1);
});

test('what is pointed at elsewhere has a ring or a frame here', () => {
  const echo = (pointed: Pointed) => probe.echo?.(pointed, toyState(), data, options, size);
  expect(echo({ unitId: 2 })).toEqual([{ kind: 'ring', ...unit2, radius: 8 }]);
  expect(echo({ channel: 1 })).toEqual([{ kind: 'frame', box: contactBox(scene, 1) }]);
  expect(echo({ unitId: 99 })).toEqual([]);
  expect(echo({ time: { segment: 0, frame: 5 } })).toEqual([]);
});

test('units inside a line drawn around them are selected, in the order of the table', () => {
  const around = (x: number, y: number, r: number) => [
    { x: x - r, y: y - r },
    { x: x + r, y: y - r },
    { x: x + r, y: y + r },
    { x: x - r, y: y + r },
  ];
  const lasso = (line: { x: number; y: number }[]) => probe.lasso?.(line, toyState(), data, options, size);
  expect(lasso(around(unit2.x, unit2.y, 10))).toEqual({ kind: 'units', unitIds: [2], add: false });
  expect(lasso(around(126, 113, 500))).toEqual({ kind: 'units', unitIds: [2, 7], add: false });
  expect(lasso(around(unit2.x - 100, unit2.y, 3))).toBeUndefined();
});

test('without the other units only the selected are drawn and found', () => {
  const few = { ...options, units: false };
  const points = probe.draw(toyState([2]), data, few, size).filter((mark) => mark.kind === 'points');
  expect(points.map(({ position }) => position.length / 2)).toEqual([1, 1]);
  expect(read(unit2, [], data, few)).toMatch(/^channel/);
  expect(read(unit2, [2], data, few)).toMatch(/^unit 2/);
});

test('asks for what the options show, of the first selected unit', () => {
  const query = (ids: UnitId[], change: Partial<typeof options>) =>
    probe.query(toyState(ids), { ...options, ...change }, size);
  expect(Object.keys(query([], {}))).toEqual(['places']);
  expect(query([2, 7], {}).sparsity?.args).toEqual({ unitId: 2 });
  expect(query([2], { sparsity: false }).sparsity).toBeUndefined();
  expect(query([], { activity: 'rms' }).activity?.args).toEqual({ node: 1 });
  expect(query([], { activity: 'rms', node: 0 }).activity?.args).toEqual({ node: 0 });
});

test('tells which channels the first selected unit keeps, and why', () => {
  const at = (channel: number) => pixelOf(scene, 30 * (channel % 2), 20 * Math.floor(channel / 2));
  const withSparsity = { sparsity };
  const tells = (channel: number) => read(at(channel), [7], withSparsity);
  expect(tells(0)).toContain('kept for unit 7: its main channel, 80 µV peak to peak');
  expect(tells(2)).toContain('kept for unit 7: 20 µm from its main channel, within 25 µm, 31.2 µV peak to peak');
  expect(tells(3)).toMatch(/left out for unit 7: 36 µm from its main channel > 25 µm$/);
  expect(read(at(2), [2], withSparsity)).not.toContain('kept');
  expect(probe.summary(toyState([7]), withSparsity, options)).toContain('unit 7 keeps 2 channels (within 25 µm)');
  const frames = probe.draw(toyState([7]), withSparsity, options, size).find((mark) => mark.kind === 'segments');
  expect(frames?.position.length).toBe(2 * 4 * 4);
});

test('activity: brighter is more, what is not known is a frame, a legend says how much', () => {
  const withActivity: Data = { ...data, activity };
  const loud = { ...options, activity: 'rms' } as const;
  const marks = probe.draw(toyState(), withActivity, loud, size);
  const colors = marks.find((mark) => mark.kind === 'rects')?.colors;
  const light = (channel: number) => colors![4 * channel]!;
  expect(light(0)).toBeLessThan(light(1));
  expect(light(1)).toBeLessThan(light(3));
  expect(colors![4 * 2 + 3]).toBe(0);
  const texts = marks.flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toEqual(expect.arrayContaining(['5', '20 µV RMS']));
  const loudScene = sceneOf(toySession().layout!, loud, size, { activity });
  expect(read(pixelOf(loudScene, 30, 0), [], { activity }, loud)).toContain('RMS 10 µV');
  expect(read(pixelOf(loudScene, 0, 20), [], { activity }, loud)).toContain('RMS not known');
  expect(probe.summary(toyState(), withActivity, loud)).toContain('RMS after bandpass filter');
});

test('offers what there is, and says what is missing', () => {
  const offered = (session = toySession()) =>
    probe.choices?.(toyState([], session), { ...options, activity: 'rms' }, data);
  expect(offered()?.activity?.map(({ value }) => value)).toEqual(['none', 'rms', 'rate']);
  expect(offered()?.node?.map(({ label }) => label)).toEqual(['All steps', 'raw', 'bandpass filter']);
  const bare = toySession({ nodes: [] });
  expect(offered(bare)?.activity?.map(({ value }) => value)).toEqual(['none', 'rate']);
  expect(probe.summary(toyState([], bare), data, { ...options, activity: 'rms' })).toContain('RMS needs the raw data');
});

test('in 3D a drag turns, contacts are areas and units without z are said to have none', () => {
  const solid = { ...options, solid: true };
  const marks = probe.draw(toyState([2]), data, solid, size);
  const quads = marks.flatMap((mark) => (mark.kind === 'area' ? [mark.position.length / 8] : []));
  expect(quads.reduce((a, b) => a + b, 0)).toBe(4);
  for (const turn of [
    [0, 0],
    [200, 60],
    [90, -80],
  ] as [number, number][]) {
    const labels = probe.draw(toyState(), data, { ...solid, turn, channelNames: false }, size);
    const ys = labels.flatMap((mark) => (mark.kind === 'label' ? [mark.y] : []));
    const [scale, ...directions] = ys.toSorted((a, b) => b - a);
    expect(scale).toBeLessThan(size.height);
    for (const y of directions) expect(y).toBeLessThan(scale! - 10);
  }
  const turned = probe.drag?.({ dx: 20, dy: -10 }, toyState(), solid, size, data);
  expect(turned?.turn).toEqual([45, 15]);
  expect(probe.reset?.(turned!)).toEqual(solid);
  expect(probe.summary(toyState(), data, solid)).toContain('z = 0');
  const deep: Data = { places: { ...places, result: places.result.map((place) => ({ ...place, z: 12 })) } };
  expect(probe.summary(toyState(), deep, solid)).not.toContain('z = 0');
  expect(probe.table?.(toyState(), deep, solid)[1]).toEqual([7, 0, 0, 12, 'ch0']);
});

test('wheel and drag change what is seen, reset brings all back', () => {
  const zoomedIn = probe.wheel?.({ x: 100, y: 100, ...none }, 1, toyState(), options, size, data);
  expect(zoomedIn?.zoom).toBeDefined();
  const dragged = zoomedIn && probe.drag?.({ dx: 10, dy: 0 }, toyState(), zoomedIn, size, data);
  expect(dragged!.zoom![0]).toBeLessThan(zoomedIn!.zoom![0]);
  expect(dragged && probe.reset?.(dragged)).toEqual(options);
});

test('a channel picked elsewhere comes to the middle if it is out of sight', () => {
  const near = { ...options, zoom: [-5, -5, 5, 5] as [number, number, number, number] };
  expect(probe.follow?.({ channel: 3 }, toyState(), near, {}).zoom).toEqual([25, 15, 35, 25]);
  expect(probe.follow?.({ channel: 0 }, toyState(), near, {})).toBe(near);
  expect(probe.follow?.({ channel: 3 }, toyState(), options, {})).toBe(options);
});

test('without a probe it says where to choose one', () => {
  const { layout: _none, ...without } = toySession();
  expect(probe.empty(toyState([], without), options, {})).toContain('station Probe');
});

test('says where everything comes from', () => {
  const rows = Object.fromEntries(
    probe.explain(toyState([7]), { ...data, sparsity, activity }, { ...options, activity: 'rms' }),
  );
  expect(rows.Contacts).toContain('4 on 1 shank');
  expect(rows.Shade).toContain('20 stretches');
  expect(rows['Channels of unit 7']).toBe('within 25 µm');
});
