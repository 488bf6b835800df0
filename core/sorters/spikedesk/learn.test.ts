import { expect, test } from 'vitest';
import { random } from '../../shared/random.ts';
import { project, temporalBasis } from './basis.ts';
import { learner, taught } from './learn.ts';
import { matchTemplate } from './matchTemplate.ts';
import { keptRows, nextRow, reservoir } from './reservoir.ts';
import { sampleBlocks } from './sampleBlocks.ts';

const window = { before: 10, samples: 32 };
const { samples, before } = window;
const bump = (depth: number, width: number) =>
  Float32Array.from({ length: samples }, (_, s) => -depth * Math.exp(-0.5 * ((s - before) / width) ** 2));

test('the basis is orthonormal and rebuilds the spikes it was made from', () => {
  const r = random(4);
  const spikes = Float32Array.from({ length: 200 * samples }, (_, i) => {
    const spike = bump(5 + (Math.floor(i / samples) % 7), 2 + (Math.floor(i / samples) % 3));
    return spike[i % samples]! + 0.05 * r.gaussian();
  });
  const quiet = Float32Array.from({ length: 300 * samples }, () => r.gaussian());
  const basis = temporalBasis(spikes, quiet, samples, 4);
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < 4; b++) {
      let product = 0;
      for (let s = 0; s < samples; s++) product += basis.shapes[a * samples + s]! * basis.shapes[b * samples + s]!;
      expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
    }
  const spike = bump(6, 3);
  const weights = new Float32Array(4);
  project(basis, samples, spike, 0, weights, 0);
  for (let s = 0; s < samples; s++) {
    let rebuilt = 0;
    for (let k = 0; k < 4; k++) rebuilt += weights[k]! * basis.shapes[k * samples + s]!;
    expect(Math.abs(rebuilt - spike[s]!)).toBeLessThan(0.1);
  }
});

test('a basis is complete without a single spike or stretch of noise', () => {
  const basis = temporalBasis(new Float32Array(), new Float32Array(), samples, 3);
  expect([...basis.shapes, ...basis.whitener].every(Number.isFinite)).toBe(true);
});

test('a template is learnt from what is left and what was taken away', () => {
  const noise = Float64Array.from({ length: samples * samples }, (_, i) => (i % (samples + 1) === 0 ? 1 : 0));
  const guess = { main: 1, channels: Int32Array.of(1), wave: bump(8, 3), count: 20 };
  const truth = [bump(9, 3), bump(3, 3)];
  const rows = 200;
  const left = new Float32Array(3 * rows);
  const match = { row: 100, unit: 0, phase: 2, amplitude: 1, gain: 50 };
  for (let s = 0; s < samples; s++) {
    left[1 * rows + 90 + s] = truth[0]![s]! - guess.wave[s]!;
    left[2 * rows + 90 + s] = truth[1]![s]!;
  }
  const basis = temporalBasis(bump(5, 3), new Float32Array(), samples, 3);
  const near = [Int32Array.of(0), Int32Array.of(1, 2), Int32Array.of(2)];
  const school = learner([matchTemplate(guess, window, noise)], near, window, { basis, radiusUm: 1, keep: 5, seed: 0 });
  for (let i = 0; i < 10; i++) school.add([match], left, rows);
  const lessons = school.lessons();
  expect(lessons[0]!.count).toBe(10);
  expect(lessons[0]!.features).toHaveLength(5 * 1 * 3);
  const better = taught(guess, lessons, samples, 0);
  expect([...better.channels]).toEqual([1, 2]);
  expect(better.wave[before]).toBeCloseTo(-9, 4);
  expect(better.wave[samples + before]).toBeCloseTo(-3, 4);
  // Half and half: the guess counts like ten spikes.
  expect(taught(guess, lessons, samples, 10).wave[before]).toBeCloseTo(-8.5, 4);
});

test('a reservoir keeps a fair choice of all rows', () => {
  const seen = new Int32Array(100);
  for (let seed = 0; seed < 400; seed++) {
    const bag = reservoir(1, 10, random(seed));
    for (let i = 0; i < 100; i++) {
      const at = nextRow(bag);
      if (at >= 0) bag.values[at] = i;
    }
    const kept = keptRows(bag);
    expect(kept).toHaveLength(10);
    for (const i of kept) seen[i]!++;
  }
  for (const count of seen) expect(Math.abs(count - 40)).toBeLessThan(30); // five deviations
});

test('sample blocks lie evenly, all of them in a short recording', () => {
  const info = {
    samplingFrequency: 100,
    channelIds: [0],
    numFrames: [1000, 500],
    tStart: [0, 0],
    dtype: 'int16',
    isFiltered: true,
    properties: {},
    annotations: {},
  } as const;
  const some = sampleBlocks(info, 5, 1);
  expect(some.map(({ segment, startFrame }) => [segment, startFrame])).toEqual([
    [0, 100],
    [0, 400],
    [0, 700],
    [1, 0],
    [1, 300],
  ]);
  expect(sampleBlocks(info, 60, 1)).toHaveLength(15);
});
