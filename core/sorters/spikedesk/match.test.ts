import { expect, test } from 'vitest';
import { random } from '../../shared/random.ts';
import { combinations } from './combinations.ts';
import { detectPeaks } from './detect.ts';
import { matchBlock } from './match.ts';
import { type MatchTemplate, matchTemplate } from './matchTemplate.ts';
import { mergeTemplates } from './merge.ts';
import { centred, likeness, shifted, sparse, type Template } from './template.ts';
import { frames, spikeWindow } from './window.ts';

const window = spikeWindow(30_000);
const { before, samples } = window;
const CHANNELS = 6;
const near = Array.from({ length: CHANNELS }, (_, c) =>
  Int32Array.from([c, c - 1, c + 1].filter((k) => k >= 0 && k < CHANNELS)),
);
/** White noise. */
const noise = Float64Array.from({ length: samples * samples }, (_, i) => (i % (samples + 1) === 0 ? 1 : 0));
const search = { window, near, sweep: frames(0.2, 30_000) };
const options = { threshold: 3, leastGain: 25, amplitudes: [0.5, 2] as const };

/** A trough of `depths` on channels main - 1, main, main + 1, `width` frames wide, with a hump of `after` behind it. */
function template(main: number, depths: readonly number[], width: number, after: number, count = 100): Template {
  const channels = Int32Array.from([main - 1, main, main + 1].filter((c) => c >= 0 && c < CHANNELS));
  const wave = new Float32Array(channels.length * samples);
  channels.forEach((channel, c) => {
    const depth = depths[channel - main + 1]!;
    for (let s = 0; s < samples; s++) {
      const t = s - before;
      wave[c * samples + s] =
        depth * (-Math.exp(-0.5 * (t / width) ** 2) + after * Math.exp(-0.5 * ((t - 14) / 6) ** 2));
    }
  });
  return { main, channels, wave, count };
}

const narrow = template(1, [3, 12, 4], 3, 0.3);
const wide = template(2, [6, 10, 6], 5, 0.5);
const far = template(3, [5, 11, 5], 4, 0.4);
const ready = (list: readonly Template[]): MatchTemplate[] => list.map((one) => matchTemplate(one, window, noise));

/** Noise of deviation 1 with spikes: [template, row, size]. [channels][rows] */
function traces(rows: number, spikes: readonly (readonly [Template, number, number])[], seed = 1): Float32Array {
  const r = random(seed);
  const out = Float32Array.from({ length: CHANNELS * rows }, () => r.gaussian());
  for (const [{ channels, wave }, row, size] of spikes)
    channels.forEach((channel, c) => {
      for (let s = 0; s < samples; s++) out[channel * rows + row - before + s]! += size * wave[c * samples + s]!;
    });
  return out;
}

test('detectPeaks: the deepest of its surroundings, and of equals the first', () => {
  const rows = 100;
  const data = new Float32Array(CHANNELS * rows);
  data[1 * rows + 40] = -8;
  data[2 * rows + 42] = -9; // deeper, near in time and place
  data[5 * rows + 42] = -6; // far
  data[0 * rows + 70] = -7;
  data[1 * rows + 71] = -7; // equal, later
  data[3 * rows + 20] = -4.9; // too shallow
  const { row, channel } = detectPeaks(data, rows, 0, rows, 5, near, 6);
  expect([...row]).toEqual([42, 42, 70]);
  expect([...channel]).toEqual([2, 5, 0]);
});

test('spikes of two units are told apart, with their sizes', () => {
  const spikes = [
    [narrow, 200, 1],
    [wide, 400, 1.2],
    [narrow, 600, 0.8],
  ] as const;
  const left = traces(800, spikes);
  const found = matchBlock(left, 800, ready([narrow, wide]), search, options);
  expect(found.map(({ unit }) => unit)).toEqual([0, 1, 0]);
  found.forEach(({ row, amplitude }, i) => {
    expect(Math.abs(row - spikes[i]![1])).toBeLessThanOrEqual(1);
    expect(Math.abs(amplitude - spikes[i]![2])).toBeLessThan(0.15);
  });
  // What is left is noise again.
  const squares = left.reduce((sum, v) => sum + v * v, 0) / left.length;
  expect(Math.abs(squares - 1)).toBeLessThan(0.1);
});

test('spikes on top of each other are both found', () => {
  for (const apart of [-25, -9, -4, 0, 3, 7, 15, 30]) {
    const both = [
      [narrow, 300, 1],
      [far, 300 + apart, 1],
    ] as const;
    const found = matchBlock(traces(600, both, 50 + apart), 600, ready([narrow, far]), search, options);
    const rows = new Map(found.map(({ unit, row }) => [unit, row]));
    expect(found).toHaveLength(2);
    expect(Math.abs(rows.get(0)! - 300)).toBeLessThanOrEqual(1);
    expect(Math.abs(rows.get(1)! - 300 - apart)).toBeLessThanOrEqual(1);
  }
});

test('noise is not explained by templates', () => {
  expect(matchBlock(traces(30_000, [], 9), 30_000, ready([narrow, wide]), search, options)).toEqual([]);
});

test('a phase moves the trough by a fraction of a frame', () => {
  const { phases } = matchTemplate(narrow, window, noise);
  const centre = (wave: Float32Array) => {
    const own = wave.subarray(samples, 2 * samples);
    const [a, b, c] = [own[before - 1]!, own[before]!, own[before + 1]!];
    return (a - c) / (2 * (a - 2 * b + c));
  };
  phases.forEach((wave, p) => {
    expect(Math.abs(centre(wave) - (p - 2) / 5)).toBeLessThan(0.1);
  });
});

test('likeness sees through a shift in time; merging joins the same and keeps the unlike', () => {
  const late = { ...narrow, wave: shifted(narrow.wave, samples, 4) };
  expect(likeness(narrow, late, samples, 6)).toMatchObject({ shift: -4 });
  expect(likeness(narrow, late, samples, 6).distance).toBeLessThan(0.01);
  expect(likeness(narrow, wide, samples, 6).distance).toBeGreaterThan(0.2);
  const merge = { window, mostShift: 12, distance: 0.2, deviations: 8, alike: 0.1, noise: 1 };
  const merged = mergeTemplates([narrow, wide, { ...late, count: 50 }], merge);
  expect(merged.map(({ main, count }) => [main, count])).toEqual([
    [1, 150],
    [2, 100],
  ]);
  expect(likeness(merged[0]!, narrow, samples, 0).distance).toBeLessThan(0.01);
});

test('centred brings the trough to its place; sparse drops faint channels', () => {
  const late = { ...narrow, main: 0, wave: shifted(narrow.wave, samples, 5) };
  const back = centred(late, window);
  expect(back.main).toBe(1);
  expect(back.wave.subarray(samples, 2 * samples).indexOf(Math.min(...back.wave))).toBe(before);
  expect([...sparse(narrow, samples, 0.3).channels]).toEqual([1, 2]);
});

test('a template that is the sum of two others is dropped, a unit is not', () => {
  const sum: Template = {
    main: 1,
    channels: Int32Array.of(0, 1, 2, 3),
    wave: new Float32Array(4 * samples),
    count: 12,
  };
  for (const [{ channels, wave }, late] of [
    [narrow, 0],
    [far, 6],
  ] as const) {
    const moved = shifted(wave, samples, late);
    channels.forEach((channel, c) => {
      for (let s = 0; s < samples; s++) sum.wave[channel * samples + s]! += moved[c * samples + s]!;
    });
  }
  const geometry = {
    x: new Float64Array(CHANNELS),
    y: Float64Array.from({ length: CHANNELS }, (_, c) => 20 * c),
    probe: new Int32Array(CHANNELS),
  };
  const list = [narrow, far, sum, template(2, [4, 9, 4], 4, 0.1, 12)];
  const counts = list.map(({ count }) => count);
  expect(combinations(ready(list), counts, geometry, window)).toEqual([false, false, true, false]);
});
