import { expect, test } from 'vitest';
import { type SimilarityArgs, templateSimilarity } from './similarity.ts';

// [units][samples][channels]: unit 1 is unit 0 doubled, unit 2 a frame later on channel 0, unit 3 far away.
const shape = [0, 0, -4, 2, 0, 0];
const unit = (make: (sample: number, channel: number) => number) =>
  Array.from({ length: 6 * 3 }, (_, i) => make(Math.floor(i / 3), i % 3));
const args: SimilarityArgs = {
  templates: Float32Array.from([
    ...unit((s, c) => (c < 2 ? shape[s]! : 0)),
    ...unit((s, c) => (c < 2 ? 2 * shape[s]! : 0)),
    ...unit((s, c) => (c === 0 ? (shape[s - 1] ?? 0) : 0)),
    ...unit((s, c) => (c === 2 ? shape[s]! : 0)),
  ]),
  units: 4,
  samples: 6,
  channels: 3,
  channelsOf: [Int32Array.of(0, 1), Int32Array.of(0, 1), Int32Array.of(0), Int32Array.of(2)],
  method: 'cosine',
  support: 'union',
  maxLag: 0,
};
const between = (a: number, b: number, more: Partial<SimilarityArgs>) =>
  templateSimilarity({ ...args, ...more })[a * 4 + b]!;

test('cosine ignores size, l1 and l2 do not', () => {
  expect(between(0, 1, {})).toBeCloseTo(1, 6);
  expect(between(0, 1, { method: 'l1' })).toBeCloseTo(1 - 1 / 3, 6);
  expect(between(0, 1, { method: 'l2' })).toBeCloseTo(1 - 1 / 3, 6);
  expect(between(2, 2, { method: 'l2' })).toBe(1);
});

test('units that share no channel have nothing in common, unless all channels count', () => {
  expect(between(0, 3, {})).toBe(0);
  expect(between(0, 3, { support: 'dense', method: 'l1' })).toBeCloseTo(0, 6);
});

test('a shift is found when it may be, on the channels both have', () => {
  expect(between(2, 0, { support: 'intersection' })).toBeCloseTo(-8 / 20, 6);
  // Only the second unit of a pair is moved, and only to later times.
  expect(between(0, 2, { support: 'intersection', maxLag: 1 })).toBeCloseTo(0, 6);
  const swapped = { ...args, templates: args.templates.slice(), channelsOf: args.channelsOf };
  swapped.templates.set(args.templates.subarray(2 * 18, 3 * 18), 0);
  swapped.templates.set(args.templates.subarray(0, 18), 2 * 18);
  const found = templateSimilarity({
    ...swapped,
    support: 'intersection',
    maxLag: 1,
    channelsOf: [args.channelsOf[2]!, args.channelsOf[1]!, args.channelsOf[0]!, args.channelsOf[3]!],
  });
  expect(found[0 * 4 + 2]).toBeCloseTo(1, 6);
});
