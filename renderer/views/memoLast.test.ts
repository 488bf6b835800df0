import { expect, test } from 'vitest';
import { memoLast } from './memoLast.ts';

test('the same array for the same key; only the last is kept', () => {
  const data = {};
  let made = 0;
  const of = (key: string) =>
    memoLast(data, 'lines', key, () => {
      made++;
      return Float32Array.of(made);
    });
  const first = of('a');
  expect(of('a')).toBe(first);
  const second = of('b');
  expect(second).not.toBe(first);
  expect(of('a')).not.toBe(first);
  expect(made).toBe(3);
  expect(memoLast({}, 'lines', 'a', () => 5)).toBe(5);
});
