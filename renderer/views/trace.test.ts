import { expect, test } from 'vitest';
import type { Mark } from '../gl/mark.ts';
import { toySession, toyState, toyTraces } from './toyState.ts';
import { trace } from './trace.ts';
import { showsImage } from './traceRows.ts';
import type { AnswerOf, Data } from './view.ts';

const size = { width: 1052, height: 422 };
const options = { ...trace.params.parse({}), startS: 0.2, spanS: 0.5, perRow: { bandpass_filter: 100 } };
const hit = { x: 0, y: 0, ctrl: false, shift: false, alt: false };

const spikes: AnswerOf<'spikes'> = {
  method: 'spikes',
  args: { unitIds: [7], segment: 0, startFrame: 0, endFrame: 1024 },
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
const draw = (state = toyState(), change = {}, from = data) => trace.draw(state, from, { ...options, ...change }, size);
const texts = (marks: readonly Mark[]) => marks.flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));

function tracesOf(marks: readonly Mark[]) {
  return marks.filter((mark) => mark.kind === 'traces');
}

test('asks for the tiles of the window, at least a column a pixel, of the last node', () => {
  const { traces } = trace.query(toyState(), { ...options, spanS: 8 }, size);
  const args = { node: 1, segment: 0, order: 'depth', framesAColumn: 8, firstTile: 0, endTile: 9 };
  expect(traces).toMatchObject({ method: 'traces', args });
});

test('a small pan asks for the same data', () => {
  const asked = (startS: number) => JSON.stringify(trace.query(toyState(), { ...options, startS }, size));
  expect(asked(0.3)).toBe(asked(0.31));
  expect(asked(0.3)).not.toBe(asked(0.45));
});

test('spikes and places are asked for selected units only, or for all', () => {
  expect(Object.keys(trace.query(toyState(), options, size))).toEqual(['traces']);
  const query = trace.query(toyState([7]), options, size);
  expect(query.spikes).toMatchObject({ method: 'spikes', args: { unitIds: [7], segment: 0 } });
  const all = trace.query(toyState([7]), { ...options, spikes: 'all' }, size);
  expect(all.spikes).toMatchObject({ args: { unitIds: [1, 2, 7] } });
  expect(Object.keys(trace.query(toyState([7]), { ...options, spikes: 'none' }, size))).toEqual(['traces']);
});

test('a tile lies where its frames are: a frame is at its time, in the middle of its column', () => {
  const [mark] = tracesOf(draw());
  expect(mark).toMatchObject({ firstRow: 0, rows: 4, columns: 128, gain: 0.5 / 100 });
  expect(mark?.domain).toEqual([0, -0.5, 0.5, 3.5]);
  expect(mark?.span[0]).toBeCloseTo(-0.2 - 0.0005);
  expect(mark?.span[1]).toBeCloseTo(1.024 - 0.2 - 0.0005);
  expect([...(mark?.pieces ?? [])]).toEqual([0, 1, 0, 0, 1, 1, 0, 1, 2, 0, 1, 3]);
});

test('spikes of selected units colour the rows of their channels around their time', () => {
  const [mark] = tracesOf(draw(toyState([7])));
  const pieces = [...(mark?.pieces.subarray(12) ?? [])];
  expect([pieces[2], pieces[5]]).toEqual([1, 3]);
  expect(pieces[0]).toBeLessThan(500 / 1024);
  expect(pieces[1]).toBeGreaterThan(500 / 1024);
  expect(pieces[1]! - pieces[0]!).toBeLessThan(0.01);
  expect([...(mark?.colors.subarray(16, 19) ?? [])]).toEqual([0x4f, 0x9d, 0xff]);
});

test('where spikes would cover half of the traces they are not coloured, and the picture says so', () => {
  const dense = (every: number): Data => {
    const sampleIndex = Float64Array.from({ length: Math.floor(1000 / every) }, (_, i) => i * every);
    return { ...data, spikes: { ...spikes, result: { sampleIndex, unit: new Int32Array(sampleIndex.length) } } };
  };
  const coloured = (every: number) => {
    const marks = draw(toyState([7]), {}, dense(every));
    const [mark] = tracesOf(marks);
    return [(mark?.pieces.length ?? 0) > 12, texts(marks).some((text) => text.includes('more spikes'))];
  };
  expect(coloured(20)).toEqual([true, false]);
  expect(coloured(3)).toEqual([false, true]);
});

test('on an image a frame in the colour of the unit stands around each spike', () => {
  const marks = draw(toyState([7]), { image: 'image' });
  expect(marks.find((mark) => mark.kind === 'heat')).toMatchObject({ rows: 4, most: 175 });
  const frames = marks.find((mark) => mark.kind === 'segments');
  const xs = [...(frames?.position ?? [])].filter((_, i) => i % 2 === 0);
  const ys = [...(frames?.position ?? [])].filter((_, i) => i % 2 === 1);
  expect(Math.min(...xs)).toBeCloseTo(0.499);
  expect([Math.min(...ys), Math.max(...ys)]).toEqual([0.5, 3.5]);
  expect(frames?.domain.map((v) => Number(v.toFixed(6)))).toEqual([0.2, -0.5, 0.7, 3.5]);
});

test('drawing again gives the same arrays, so nothing is uploaded', () => {
  const [first, again] = [tracesOf(draw(toyState([7]))), tracesOf(draw(toyState([7]), { startS: 0.3 }))];
  expect(again.map(({ pieces, center }, i) => [pieces === first[i]?.pieces, center === first[i]?.center])).toEqual([
    [true, true],
  ]);
});

test('time has its unit, channels their names', () => {
  expect(texts(draw())).toEqual(expect.arrayContaining(['0', '1', '2', '3', 's', '0.20', '0.60', '50 µV']));
  expect(texts(draw(toyState(), { labels: false }))).not.toContain('3');
});

test('the border of the segment is seen, with what follows', () => {
  const { recording } = toySession();
  const session = toySession({ recording: { ...recording!, numFrames: [10_000, 4_000], tStart: [0, 22.3] } });
  const marks = draw(toyState([], session), { startS: 9.75 });
  expect(texts(marks)).toEqual(expect.arrayContaining(['end of segment 0', 'gap of 12.3 s']));
  expect(texts(draw(toyState(), { startS: -0.25 }))).toContain('start of the recording');
  expect(texts(draw())).not.toContain('start of the recording');
});

test('shanks are told apart where there are several', () => {
  const { layout } = toySession();
  const shanks = toyState([], toySession({ layout: { ...layout!, shank: ['a', 'a', 'b', 'b'] } }));
  expect(texts(draw(shanks))).toEqual(expect.arrayContaining(['shank a', 'shank b']));
  expect(texts(draw())).not.toContain('shank 0');
});

test('the picked time and channel are marked', () => {
  const focused = { ...toyState(), focus: { time: { segment: 0, frame: 400 }, channel: 1 } };
  expect(draw(focused)).toHaveLength(draw().length + 2);
  expect(draw(focused)).toContainEqual(expect.objectContaining({ kind: 'label', text: '1', tone: 'strong' }));
});

test('without traces only the background is drawn', () => {
  expect(draw(toyState(), {}, {}).map(({ kind }) => kind)).toEqual(['fill']);
});

test('a first picture says that it is one', () => {
  const traces = toyTraces({ sampled: 0.03, secondsLeft: 12 });
  const text = 'sampled: 3 % of the frames, exact in 12 s';
  expect(texts(draw(toyState(), {}, { traces }))).toContain(text);
  expect(trace.summary(toyState(), { traces }, options)).toBe(`4 channels · ${text}`);
  expect(trace.summary(toyState(), data, { ...options, image: 'image' })).toBe(
    '4 channels · blue to red: −88 to 88 µV',
  );
});

test('the old picture stays until there is some of the new one', () => {
  const keeps = (change: object) => trace.keeps?.(toyState(), data, { ...options, ...change });
  expect(keeps({})).toBe(false);
  expect(keeps({ startS: 0.7 })).toBe(false);
  expect(keeps({ startS: 5 })).toBe(true);
  expect(keeps({ node: 0 })).toBe(true);
});

test('the height of rows is taken from the data once', () => {
  const settled = trace.settle?.(toyState(), data, { ...options, perRow: {} });
  expect(settled?.perRow.bandpass_filter).toBeGreaterThan(5);
  expect(settled && trace.settle?.(toyState(), data, settled)).toBe(settled);
});

test('the pointer reads time, channel, values and spikes', () => {
  // Row 1 of 4 from below, 0.4 s into the recording: column 50.
  const at = { ...hit, x: 52 + ((0.4 - 0.2) / 0.5) * 1000, y: 250 };
  expect(trace.read?.(at, toyState(), data, options, size)).toBe('0.4000 s · channel ch1 · −50 to 5 µV');
  const spike = { ...hit, x: 52 + 600, y: 250 };
  expect(trace.read?.(spike, toyState([7]), data, options, size)).toContain('spike of unit 7');
  expect(trace.read?.({ ...spike, y: 350 }, toyState([7]), data, options, size)).not.toContain('unit');
  expect(trace.read?.({ ...hit, x: 10, y: 250 }, toyState(), data, options, size)).toBeUndefined();
});

test('what is pointed at is found, and what others point at has its place', () => {
  const at = { ...hit, x: 52 + 400, y: 250 };
  const pointed = trace.point?.(at, toyState(), data, options, size);
  expect(pointed).toEqual({ time: { segment: 0, frame: 400 }, channel: 1 });
  expect(trace.echo?.(pointed!, toyState(), data, options, size)).toEqual([
    { kind: 'upright', x: 452, from: 0, to: 400 },
    { kind: 'level', y: 250, from: 52, to: 1052 },
  ]);
  expect(trace.echo?.({ time: { segment: 1, frame: 400 } }, toyState(), data, options, size)).toEqual([]);
});

test('a click is the cursor of all views, ctrl+click near a spike selects its unit', () => {
  const at = { ...hit, x: 52 + 604, y: 250 };
  expect(trace.pick?.(at, toyState(), data, options, size)).toEqual({
    kind: 'focus',
    focus: { time: { segment: 0, frame: 502 }, channel: 1 },
  });
  const ctrl = { ...at, ctrl: true };
  expect(trace.pick?.(ctrl, toyState([7]), data, options, size)).toEqual({ kind: 'select', unitId: 7, add: false });
  expect(trace.pick?.({ ...ctrl, x: 200 }, toyState([7]), data, options, size)).toBeUndefined();
});

test('goes to what is picked elsewhere, a time and the row of a channel', () => {
  const follow = (focus: object, change = {}) => trace.follow?.(focus, toyState(), { ...options, ...change }, data);
  expect(follow({ time: { segment: 0, frame: 5000 } })?.startS).toBe(4.75);
  expect(follow({ channel: 3 })?.rows).toBeUndefined();
  expect(follow({ channel: 3 }, { rows: [0, 2] })?.rows).toEqual([2, 2]);
  expect(follow({ channel: 1 }, { rows: [0, 2] })?.rows).toEqual([0, 2]);
});

test('the wheel zooms time, with ctrl the height, with shift the rows, with alt it moves', () => {
  const wheel = (change: object) =>
    trace.wheel?.({ ...hit, x: 552, y: 200, ...change }, 1, toyState(), options, size, {});
  expect(wheel({})?.spanS).toBeCloseTo(0.4);
  expect(wheel({ ctrl: true })?.perRow.bandpass_filter).toBeCloseTo(80);
  const rows = wheel({ shift: true })?.rows;
  expect(rows?.[0]).toBeCloseTo(0.4);
  expect(rows?.[1]).toBeCloseTo(3.2);
  expect(wheel({ alt: true })?.startS).toBeCloseTo(0.15);
});

test('many rows are an image, unless the user says otherwise', () => {
  expect(showsImage(options, 96)).toBe(false);
  expect(showsImage(options, 97)).toBe(true);
  expect(showsImage({ ...options, rows: [0, 40] }, 384)).toBe(false);
  expect(showsImage({ ...options, image: 'lines' }, 384)).toBe(false);
});

test('the table has a row a column of the picture, from the window only', () => {
  const table = trace.table?.(toyState(), data, { ...options, startS: 0.4, spanS: 0.016 }) ?? [];
  expect(table[0]?.slice(0, 3)).toEqual(['time (s)', 'channel ch0 least (µV)', 'channel ch0 greatest (µV)']);
  expect(table.slice(1).map((row) => [row[0], row[3], row[4]])).toEqual([
    [0.4, -50, 5],
    [0.408, -5, 5],
  ]);
});

test('says where the numbers come from', () => {
  const rows = Object.fromEntries(trace.explain(toyState([7]), data, options));
  expect(rows).toMatchObject({ Recording: '/data/toy.bin', Data: 'raw → bandpass_filter' });
  expect(rows.Drawn).toContain('of 8 samples');
  expect(rows.Frames).toBe('200 to 700 of 10,000 in segment 0');
});

test('says what is missing', () => {
  const { recording: _none, curation: _units, ...without } = toySession();
  expect(trace.empty(toyState([], without), options, {})).toContain('No recording');
  const asking = { ...without, nodes: [], asks: ['num_channels'] };
  expect(trace.empty(toyState([], asking), options, {})).toContain('once the form');
  const { curation } = toySession();
  expect(trace.empty(toyState([], { ...without, nodes: [], curation: curation! }), options, {})).toContain(
    'no recording with this sorting',
  );
  const failed = {
    ...without,
    nodes: [],
    stations: { ...without.stations, recording: { state: 'failed', detail: '', error: { message: 'x.bin is gone' } } },
  } as const;
  expect(trace.empty(toyState([], failed), options, {})).toBe('x.bin is gone');
  expect(trace.empty(toyState(), options, {})).toBeUndefined();
});
