import { expect, test } from 'vitest';
import { beforeAfter } from './beforeAfter.ts';
import { looksOf, sidesOf, stretchOf } from './chainLooks.ts';
import { loudness } from './loudness.ts';
import { spectrum } from './spectrum.ts';
import { toyLook, toyLooks } from './toyLooks.ts';
import { toyState } from './toyState.ts';
import type { ViewState } from './view.ts';

const step = (name: string, enabled = true) => ({ step: name, params: {}, enabled });
const chain = { steps: [step('bandpass_filter'), step('whiten', false), step('common_reference')] };
const withChain = (selected?: number): ViewState => ({
  ...toyState(),
  chain: { ...chain, ...(selected !== undefined && { selected }) },
});
const names = (steps: readonly { readonly step: string }[]) => steps.map(({ step }) => step);
const size = { width: 800, height: 300 };

test('without a step that is looked at, all steps are held against the recording as it is', () => {
  const { before, after, off } = sidesOf(withChain());
  expect([before.label, after.label, off]).toEqual(['as recorded', 'after common reference (2 steps)', false]);
  expect(names(after.steps)).toEqual(['bandpass_filter', 'common_reference']);
});

test('a step that is looked at is held against those before it; one that is off makes no difference', () => {
  const { before, after } = sidesOf(withChain(2));
  expect([names(before.steps), names(after.steps)]).toEqual([
    ['bandpass_filter'],
    ['bandpass_filter', 'common_reference'],
  ]);
  const off = sidesOf(withChain(1));
  expect(off.off).toBe(true);
  expect(off.before.steps).toEqual(off.after.steps);
  expect(spectrum.query(withChain(1), spectrum.params.parse({}), size).before).toBeDefined();
});

test('at most a second of what the traces show, from its middle', () => {
  const state = { ...toyState(), window: { segment: 0, startFrame: 1000, endFrame: 5000 } };
  expect(stretchOf(state)).toEqual({ segment: 0, startS: 2.5, endS: 3.5 });
  expect(stretchOf(toyState())).toEqual({ segment: 0, startS: 0, endS: 0.5 });
});

test('both sides of the traces have one scale, and lie where their time is', () => {
  const options = { ...beforeAfter.params.parse({}), startS: 2, spanS: 1 };
  const state = withChain();
  const settled = beforeAfter.settle!(state, toyLooks(), options);
  const marks = beforeAfter.draw(state, toyLooks(), settled, size).filter(({ kind }) => kind === 'traces');
  expect(marks.length).toBe(2);
  const [before, after] = marks;
  if (before?.kind !== 'traces' || after?.kind !== 'traces') throw new Error('no traces');
  expect(after.gain / before.gain).toBeCloseTo(0.5, 6);
  expect(before.span[0]).toBeCloseTo(-0.0005, 6);
  expect(after.box.x).toBeGreaterThan(before.box.x + before.box.width);
  const read = beforeAfter.read!({ x: 60, y: 100, ctrl: false, shift: false }, state, toyLooks(), settled, size);
  expect(read).toContain('as recorded');
});

test('an answer that is still there of the chain before is told as what it is', () => {
  const { after } = looksOf({ ...toyState(), chain: { steps: [step('whiten')] } }, toyLooks());
  expect(after?.side.label).toBe('after common reference');
});

test('channels that a step took away are told by their names', () => {
  const after = toyLook(1, {
    channelIds: ['ch3', 'ch1'],
    rms: Float64Array.of(8, 6),
    crossings: Int32Array.of(1, 3),
  });
  const state = { ...withChain(), focus: { channel: 3 } };
  const looks = looksOf(state, toyLooks(after));
  expect(looks.before?.state.focus.channel).toBe(3);
  expect(looks.after?.state.focus.channel).toBe(0);
  expect(looksOf({ ...state, focus: { channel: 0 } }, toyLooks(after)).after?.state.focus.channel).toBe(undefined);
  const [, ...rows] = loudness.table!(state, toyLooks(after), loudness.params.parse({}));
  expect(rows[1]?.slice(0, 3)).toEqual(['ch1', 6, 6]);
  expect(rows[0]?.[2]).toBe(Number.NaN);
});

test('the spectrum is in decibels of the unit; what is twice as quiet lies 6 dB lower', () => {
  const options = spectrum.params.parse({});
  const state = withChain();
  const read = spectrum.read!({ x: 400, y: 100, ctrl: false, shift: false }, state, toyLooks(), options, size);
  expect(read).toContain('as recorded 0 dB');
  expect(read).toContain('−6 dB');
  expect(spectrum.summary(state, toyLooks(), options)).toBe('mean of 4 channels · dB µV²/Hz');
});

test('wheel and drag keep the frequencies that are seen within those there are', () => {
  const state = withChain();
  const all = spectrum.params.parse({});
  const hit = { x: 400, y: 100, ctrl: false, shift: false };
  const near = spectrum.wheel!(hit, 3, state, all, size, toyLooks());
  expect(near.zoom).toBeDefined();
  const far = spectrum.drag!({ dx: 1e6, dy: 0 }, state, near, size, toyLooks());
  expect(far.zoom![0]).toBeCloseTo(1, 6); // 10 Hz
  expect(spectrum.wheel!(hit, -30, state, near, size, toyLooks()).zoom).toBe(undefined);
});

test('a contact under the pointer tells both sides; the same shade is the same loudness', () => {
  const state = withChain();
  const options = loudness.params.parse({});
  const marks = loudness.draw(state, toyLooks(), options, size);
  const [before, after] = marks.filter((mark) => mark.kind === 'rects');
  if (before?.kind !== 'rects' || after?.kind !== 'rects') throw new Error('no contacts');
  expect(before.colors[0]).toBeGreaterThan(after.colors[0]!);
  const contact = marks.indexOf(before);
  expect(contact).toBeGreaterThan(0);
  const hits = [];
  for (let x = before.box.x; x < before.box.x + before.box.width; x += 4)
    for (let y = 40; y < 290; y += 4) {
      const read = loudness.read!({ x, y, ctrl: false, shift: false }, state, toyLooks(), options, size);
      if (read) hits.push(read);
    }
  expect(new Set(hits.map((read) => read.split(' · ')[0]))).toEqual(
    new Set(['channel ch0', 'channel ch1', 'channel ch2', 'channel ch3']),
  );
  expect(hits[0]).toMatch(/as recorded [5-8] µV · after .* [2-4](\.5)? µV/);
});

test('a small panel is not drawn over its edges', () => {
  const state = withChain();
  for (const width of [1, 120, 260])
    for (const height of [1, 60, 160])
      for (const view of [beforeAfter, spectrum, loudness] as const) {
        const drawn =
          view === beforeAfter
            ? beforeAfter.draw(state, toyLooks(), beforeAfter.params.parse({}), { width, height })
            : view === spectrum
              ? spectrum.draw(state, toyLooks(), spectrum.params.parse({}), { width, height })
              : loudness.draw(state, toyLooks(), loudness.params.parse({}), { width, height });
        for (const mark of drawn)
          if (mark.kind === 'traces') expect(mark.box.x + mark.box.width).toBeLessThanOrEqual(width);
      }
});
