import { expect, test } from 'vitest';
import { judge, type Tolerance } from './judge.ts';

const rows: readonly Tolerance[] = [
  ['a/one.npy', 'abs', 0.1, 'float32'],
  ['a/table.json', 'rel', 1e-6, 'float64'],
  ['a/table.json#count', 'exact', 0, 'a count'],
];
const tolerances = new Map(rows.map((row) => [row[0], row]));
const entries = ['a/one.npy', 'a/table.json', 'a/two.npy'];

test('an entry passes when all that is reported of it is within its row', () => {
  const result = judge(
    'a',
    entries,
    [
      { entry: 'a/one.npy', ours: [1, 2], golden: [1, 2.05] },
      { entry: 'a/table.json', part: 'snr', ours: [1], golden: [1 + 1e-9] },
      { entry: 'a/table.json', part: 'count', ours: [3], golden: [3] },
    ],
    tolerances,
  );
  expect(result).toEqual({
    area: 'a',
    passed: 2,
    of: 3,
    misses: [{ entry: 'a/two.npy', why: 'not implemented', implemented: false }],
  });
});

test('a miss has its figure; a part, a row or an entry that is not there is one', () => {
  const { passed, misses } = judge(
    'a',
    entries,
    [
      { entry: 'a/one.npy', ours: [1], golden: [1.5] },
      { entry: 'a/table.json', part: 'count', ours: [3], golden: [4] },
      { entry: 'a/table.json', part: 'snr', missing: true },
      { entry: 'a/two.npy', error: 0 },
      { entry: 'a/other.npy', error: 0 },
    ],
    tolerances,
  );
  expect(passed).toBe(0);
  expect(misses.map(({ entry, why }) => `${entry} ${why}`)).toEqual([
    'a/one.npy abs 0.500, may be 0.100',
    'a/table.json 0 of 2 parts pass; count exact 1, may be 0; not implemented: snr',
    'a/two.npy has no row in tolerances.ts',
    'a/other.npy a check reports it, files.json does not list it',
  ]);
});

test('NaN never passes', () => {
  expect(judge('a', ['a/one.npy'], [{ entry: 'a/one.npy', error: Number.NaN }], tolerances).passed).toBe(0);
});
