import { expect, test } from 'vitest';
import { toySession, toyState } from './toyState.ts';
import { centred, inSegment, panned, seenOf, settled, startedAt, traceParams, zoomed } from './traceWindow.ts';

const options = { ...traceParams.parse({}), startS: 2, spanS: 0.5 };
const state = toyState();
const { recording } = toySession();
/** Segments of 10 s and 4 s that begin at 100 s and 113 s. */
const two = toyState([], toySession({ recording: { ...recording!, numFrames: [10_000, 4_000], tStart: [100, 113] } }));

test('the window is where it is asked for; times far outside are taken to the ends', () => {
  expect(seenOf(state, options)).toMatchObject({ startS: 2, spanS: 0.5, shownS: 2, segmentS: 10 });
  expect(seenOf(state, { ...options, startS: 99 })).toMatchObject({ startS: 9.5 });
  expect(seenOf(state, { ...options, startS: -99 })).toMatchObject({ startS: 0 });
  expect(seenOf(state, { ...options, spanS: 1e6, startS: 0 })).toMatchObject({ startS: 0, spanS: 10 });
});

test('fields show what is seen', () => {
  expect(settled(state, { ...options, startS: 99, spanS: 0.25 })).toMatchObject({ startS: 9.75, spanS: 0.25 });
  expect(settled(state, { ...options, node: 1 }).node).toBe(-1);
  expect(settled(state, options)).toBe(options);
});

test('times are those of the time axis, which begins where the segment does', () => {
  expect(seenOf(two, { ...options, startS: 104 })).toMatchObject({ startS: 4, shownS: 104 });
  expect(seenOf(two, { ...options, startS: 0 })).toMatchObject({ startS: 0, shownS: 100 });
  expect(seenOf(two, { ...options, segment: 1, startS: 114 })).toMatchObject({ startS: 1, segmentS: 4 });
  expect(startedAt(two, options, 1.5).startS).toBe(101.5);
});

test('one can pan half a window past the ends, no further', () => {
  expect(panned(state, options, 1).startS).toBe(2.5);
  expect(panned(state, options, 1000).startS).toBe(9.75);
  expect(panned(state, options, -1000).startS).toBe(-0.25);
  expect(settled(state, panned(state, options, 1000)).startS).toBe(9.75);
});

test('zooming keeps what is under the pointer, stays inside and ends with the whole segment', () => {
  const next = zoomed(state, { ...options, startS: 4 }, 0.5, 0.25);
  expect(next.startS + 0.25 * next.spanS).toBeCloseTo(4 + 0.25 * 0.5);
  expect(zoomed(state, { ...options, startS: 9.5 }, 4, 0)).toMatchObject({ startS: 8, spanS: 2 });
  expect(zoomed(state, options, 1e9, 0.5)).toMatchObject({ startS: 0, spanS: 10 });
  expect(zoomed(state, { ...options, startS: -0.2 }, 1e9, 0)).toMatchObject({ startS: 0, spanS: 10 });
  expect(zoomed(state, options, 1e-9, 0.5).spanS).toBe(0.001);
});

test('a time outside of the window comes to its middle', () => {
  expect(centred(state, options, 0, 5000).startS).toBe(4.75);
  expect(centred(state, options, 0, 2100)).toBe(options);
  expect(centred(two, options, 1, 2000)).toMatchObject({ segment: 1, startS: 114.75 });
});

test('the next segment is entered at its start, the one before at its end', () => {
  expect(inSegment(two, options, 1)).toMatchObject({ segment: 1, startS: 113 });
  expect(inSegment(two, { ...options, segment: 1, startS: 114 }, -1)).toMatchObject({ segment: 0, startS: 109.5 });
  expect(inSegment(two, { ...options, segment: 1 }, 1)).toMatchObject({ segment: 1 });
});
