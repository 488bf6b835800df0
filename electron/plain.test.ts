import { expect, test } from 'vitest';
import { isPlain } from './plain.ts';

test('one colour is plain, a word on it is not', () => {
  const bitmap = new Uint8Array(4 * 100).map((_, i) => [246, 245, 244, 255][i % 4]!);
  expect(isPlain(bitmap)).toBe(true);
  bitmap[4 * 57] = 20;
  expect(isPlain(bitmap)).toBe(false);
  expect(isPlain(new Uint8Array())).toBe(true);
});
