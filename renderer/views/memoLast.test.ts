import { expect, test } from 'vitest';
import { memoLast } from './memoLast.ts';

test('the same array for the same key; only the last few used are kept', () => {
  const data = {};
  const of = (key: string) => memoLast(data, 'lines', key, () => new Float32Array(1));
  const first = of('a');
  const second = of('b');
  expect(second).not.toBe(first);
  expect(of('a')).toBe(first);
  for (const key of ['c', 'd', 'e']) of(key);
  expect(of('a')).toBe(first);
  expect(of('b')).not.toBe(second);
  expect(memoLast({}, 'lines', 'a', () => 5)).toBe(5);
});
