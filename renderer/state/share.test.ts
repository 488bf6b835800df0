import { expect, test } from 'vitest';
import { equal, share } from './share.ts';

test('what is equal stays the same object, what differs is the new one', () => {
  const before = { layout: { x: Float64Array.of(1, 2) }, units: [{ id: 1 }], version: 1 };
  const now = structuredClone({ ...before, units: [{ id: 2 }], version: 2 });
  const shared = share(before, now);
  expect(shared).toEqual(now);
  expect(shared.layout).toBe(before.layout);
  expect(shared.units).toBe(now.units);
});

test('a part that is gone is gone', () => {
  const before: { readonly a: number; readonly b?: number } = { a: 1, b: 2 };
  expect('b' in share(before, { a: 1 })).toBe(false);
});

test.each([
  [Float64Array.of(1, 2), Float64Array.of(1, 2), true],
  [Float64Array.of(1, 2), Float64Array.of(1, 3), false],
  [[1], Float64Array.of(1), false],
  [{ a: undefined }, { b: undefined }, false],
  [[], {}, false],
  [Number.NaN, Number.NaN, true],
  [null, {}, false],
])('%o and %o', (a, b, same) => {
  expect(equal(a, b)).toBe(same);
});
