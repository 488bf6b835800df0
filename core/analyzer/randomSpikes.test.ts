import { expect, test } from 'vitest';
import { random } from '../shared/random.ts';
import { type Sorting, sortSpikes } from '../shared/sorting.ts';
import { countsOf, drawSpikes, spikesAt } from './randomSpikes.ts';

const draw = random(1);
const segment = () =>
  sortSpikes(
    Float64Array.from({ length: 400 }, () => draw.integer(10_000)),
    Int32Array.from({ length: 400 }, () => draw.integer(3)),
  );
const sorting: Sorting = {
  samplingFrequency: 1000,
  unitIds: ['a', 'b', 'c', 'silent'],
  segments: [segment(), segment()],
  properties: {},
};

test('as many as wanted of each unit, each once, in order', () => {
  const places = drawSpikes(sorting, [10_000, 10_000], 50, 0, 7);
  expect(places).toEqual(Float64Array.from(new Set(places)).sort());
  expect([...countsOf(spikesAt(sorting, places), 4)]).toEqual([50, 50, 50, 0]);
});

test('the seed decides', () => {
  expect(drawSpikes(sorting, [10_000, 10_000], 50, 0, 7)).toEqual(drawSpikes(sorting, [10_000, 10_000], 50, 0, 7));
  expect(drawSpikes(sorting, [10_000, 10_000], 50, 0, 7)).not.toEqual(drawSpikes(sorting, [10_000, 10_000], 50, 0, 8));
});

test('no more than there are, none near the borders', () => {
  const places = drawSpikes(sorting, [10_000, 10_000], Number.POSITIVE_INFINITY, 2000, 0);
  const drawn = spikesAt(sorting, places);
  for (const { sampleIndex } of drawn)
    for (const sample of sampleIndex) expect(sample >= 2000 && sample < 8000).toBe(true);
  const inside = sorting.segments.flatMap((s) => [...s.sampleIndex]).filter((s) => s >= 2000 && s < 8000);
  expect(places.length).toBe(inside.length);
});
