import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('commas, quotes and line ends are quoted; nothing is empty', () => {
  expect(
    toCsv([
      ['unit', 'say "a, b"'],
      [1.5, undefined],
    ]),
  ).toBe('unit,"say ""a, b"""\r\n1.5,\r\n');
});
