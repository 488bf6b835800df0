import { expect, test } from 'vitest';
import { moved, placeAfter } from './moved.ts';

test('what was selected stays selected wherever a step is moved', () => {
  const list = ['a', 'b', 'c', 'd', 'e'];
  for (let from = 0; from < 5; from++)
    for (let to = 0; to < 5; to++) {
      const after = moved(list, from, to);
      expect(after.length).toBe(5);
      expect(after[to]).toBe(list[from]);
      for (let place = 0; place < 5; place++) expect(after[placeAfter(place, from, to)!]).toBe(list[place]);
    }
  expect(placeAfter(undefined, 0, 1)).toBe(undefined);
});
