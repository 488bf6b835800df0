import { expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

const hex = (bytes: Uint8Array) => crc32c(bytes).toString(16).padStart(8, '0');

test('the check value and the examples of RFC 3720 B.4', () => {
  expect(hex(Buffer.from('123456789'))).toBe('e3069283');
  expect(hex(new Uint8Array(32))).toBe('8a9136aa');
  expect(hex(new Uint8Array(32).fill(255))).toBe('62a8ab43');
  expect(hex(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe('46dd794e');
  expect(hex(Uint8Array.from({ length: 32 }, (_, i) => 31 - i))).toBe('113fdb5c');
  expect(hex(new Uint8Array(0))).toBe('00000000');
});
