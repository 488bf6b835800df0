import { expect, test } from 'vitest';
import type { UnitAmplitudes } from '../../core/shared/api.ts';
import type { UnitId } from '../../core/shared/sorting.ts';
import { amplitude } from './amplitude.ts';
import { sceneOf } from './amplitudeScene.ts';
import { bytes, fade, unitColor } from './palette.ts';
import { pixelX, pixelY } from './plane.ts';
import { toySession, toyState } from './toyState.ts';
import type { AnswerOf, Data, Hit } from './view.ts';

const size = { width: 600, height: 428 };
const options = amplitude.params.parse({});

/** Spikes at 1, 2, … s of the toy recording, with these amplitudes. */
function amplitudes(unitId: UnitId, values: number[], change: Partial<UnitAmplitudes> = {}): AnswerOf<'amplitudes'> {
  const spikes: UnitAmplitudes = {
    unitId,
    unit: 'µV',
    segment: new Int32Array(values.length),
    sampleIndex: Float64Array.from(values, (_, i) => 1000 * (i + 1)),
    amplitude: Float32Array.from(values),
    shown: values.length,
    numSpikes: 12_345,
    source: 'spike_amplitudes of the analyzer',
    ...change,
  };
  return { method: 'amplitudes', args: { unitIds: [unitId], maxSpikes: 10_000 }, items: [spikes], result: undefined };
}
const data: Data = {
  'number 7': amplitudes(7, [-100, -80, -60]),
  'number 2': amplitudes(2, [-20, -20, -20, -40], { numSpikes: 4 }),
};
const hit = (x: number, y: number, change: Partial<Hit> = {}): Hit => ({ x, y, ctrl: false, shift: false, ...change });
const state = toyState([7, 2]);
const scene = sceneOf(state, data, options, size)!;
const at = (seconds: number, value: number) => [pixelX(scene.plane, seconds), pixelY(scene.plane, value)] as const;
/** Two segments of 6 and 4 s. */
const two = toySession({ recording: { ...toySession().recording!, numFrames: [6000, 4000], tStart: [0, 100] } });

test('asks for each selected unit by itself, at most eight', () => {
  const query = amplitude.query(state, options, size);
  expect(Object.keys(query)).toEqual(['number 7', 'number 2']);
  expect(query['number 7']).toMatchObject({ method: 'amplitudes', args: { unitIds: [7], maxSpikes: 10_000 } });
  const many = Array.from({ length: 12 }, (_, i) => i);
  expect(Object.keys(amplitude.query(toyState(many), options, size))).toHaveLength(8);
});

test('a point a spike at its time and amplitude, in the colour of its unit', () => {
  const points = amplitude.draw(state, data, options, size).filter((mark) => mark.kind === 'points');
  expect([...points[0]!.position]).toEqual([1, -100, 2, -80, 3, -60]);
  expect(points[1]!.colors).toEqual(bytes(fade(unitColor(state.palette, 1), 0.8), 4));
  expect(points[0]!.domain).toEqual([0, -104, 10, -16]);
  const again = amplitude
    .draw(state, data, { ...options, zoom: [2, 3] }, size)
    .filter((mark) => mark.kind === 'points');
  expect(again[0]!.position).toBe(points[0]!.position);
  expect(again[0]!.domain).toEqual([2, -104, 3, -16]);
});

test('segments follow each other', () => {
  const later: Data = { 'number 7': amplitudes(7, [1, 2], { segment: Int32Array.of(0, 1) }) };
  const [points] = amplitude.draw(toyState([7], two), later, options, size).filter((mark) => mark.kind === 'points');
  expect([points!.position[0], points!.position[2]]).toEqual([1, 8]);
});

test('beside them a histogram of a hundred bins; small views have none, and it can be put away', () => {
  const rects = (change: Partial<typeof options>, of = size) =>
    amplitude.draw(state, data, { ...options, ...change }, of).filter((mark) => mark.kind === 'rects');
  const [own, other] = rects({});
  expect(own!.rects).toHaveLength(400);
  const counts = (mark: typeof own) => Array.from({ length: 100 }, (_, i) => mark!.rects[4 * i + 2]!);
  expect(counts(own).reduce((a, b) => a + b)).toBe(3);
  expect(Math.max(...counts(other))).toBe(3);
  // −20 in a range of −104 to −16: bin 95.
  expect(counts(other).indexOf(3)).toBe(95);
  expect(other!.domain).toEqual([0, -104, 1.05 * 3, -16]);
  expect(rects({ histogram: false })).toEqual([]);
  expect(rects({}, { width: 180, height: 160 })).toEqual([]);
});

test('how many spikes of how many', () => {
  expect(amplitude.summary(state, data, options)).toBe('7 of 12,349 spikes of 2 units');
  expect(amplitude.summary(toyState([7]), data, options)).toBe('3 of 12,345 spikes');
  expect(amplitude.summary(toyState([2]), data, options)).toBe('all 4 spikes');
});

test('the nearest spike is read, pointed at and gone to', () => {
  const [x, y] = at(2, -80);
  const near = hit(x + 2, y - 3);
  expect(amplitude.read?.(near, state, data, options, size)).toBe('unit 7 · 2.000 s · −80 µV');
  expect(amplitude.point?.(near, state, data, options, size)).toEqual({
    unitId: 7,
    time: { segment: 0, frame: 2000 },
  });
  expect(amplitude.pick?.(near, state, data, options, size)).toEqual({
    kind: 'focus',
    focus: { time: { segment: 0, frame: 2000 } },
  });
});

test('between spikes a click goes to the time there', () => {
  const [x, y] = at(7.5, -50);
  expect(amplitude.pick?.(hit(x, y), state, data, options, size)).toEqual({
    kind: 'focus',
    focus: { time: { segment: 0, frame: 7500 } },
  });
  expect(amplitude.pick?.(hit(5, 5), state, data, options, size)).toBeUndefined();
});

test('the histogram is read', () => {
  const { beside, plane } = scene;
  const read = amplitude.read?.(hit(beside!.x + 5, pixelY(plane, -20)), state, data, options, size);
  expect(read).toBe('−20.4 to −19.5 µV · spikes of 7: 0, 2: 3');
});

test('a time and a unit pointed at elsewhere are shown', () => {
  const echo = amplitude.echo?.({ unitId: 7, time: { segment: 0, frame: 5000 } }, state, data, options, size);
  expect(echo?.map(({ kind }) => kind)).toEqual(['upright', 'level']);
  expect(echo?.[0]).toMatchObject({ x: at(5, 0)[0] });
  expect(echo?.[1]).toMatchObject({ y: at(5, -80)[1] });
  expect(amplitude.echo?.({ unitId: 1 }, state, data, options, size)).toEqual([]);
});

test('the wheel zooms time at the pointer, with shift amplitudes; drag moves; reset shows all', () => {
  const [x, y] = at(5, -60);
  const zoomed = amplitude.wheel!(hit(x, y), 1, state, options, size, data);
  expect(zoomed.zoom![0]).toBeCloseTo(1);
  expect(zoomed.zoom![1]).toBeCloseTo(9);
  const high = amplitude.wheel!(hit(x, y, { shift: true }), 1, state, zoomed, size, data);
  expect(high.range![0]).toBeCloseTo(-60 - 0.8 * 44);
  const dragged = amplitude.drag!({ dx: scene.plane.box.width / 16, dy: 0 }, state, high, size, data);
  expect(dragged.zoom![0]).toBeCloseTo(0.5);
  expect(amplitude.wheel!(hit(x, y), -2, state, zoomed, size, data).zoom).toBeUndefined();
  expect(amplitude.reset!(high)).toEqual(options);
});

test('a time picked elsewhere is seen', () => {
  const follow = (change: Partial<typeof options>) =>
    amplitude.follow!({ time: { segment: 0, frame: 9000 } }, state, { ...options, ...change }, {});
  expect(follow({ zoom: [1, 2] }).zoom).toEqual([8.5, 9.5]);
  expect(follow({})).toEqual(options);
});

test('without a recording times come with the spikes, or are samples', () => {
  const { recording: _none, ...without } = toySession();
  const bare = toyState([7], without);
  const known: Data = { 'number 7': amplitudes(7, [1, 2], { samplingFrequency: 500 }) };
  expect(sceneOf(bare, known, options, size)!.plane.domain[2]).toBe(4);
  const unknown: Data = { 'number 7': amplitudes(7, [1, 2]) };
  expect(sceneOf(bare, unknown, options, size)!.plane.domain[2]).toBe(2000);
  const texts = amplitude
    .draw(bare, unknown, options, size)
    .flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
  expect(texts).toContain('samples');
});

test('the table has a row a spike', () => {
  expect(amplitude.table?.(toyState([7]), data, options)?.slice(0, 2)).toEqual([
    ['unit', 'segment', 'sample', 'time (s)', 'amplitude (µV)'],
    [7, 0, 1000, 1, -100],
  ]);
});

test('says which spikes of how many, and where they are from', () => {
  expect(amplitude.explain(state, data, options)).toContainEqual([
    'Unit 7',
    '3, evenly chosen, of 12,345 spikes; spike_amplitudes of the analyzer',
  ]);
});
