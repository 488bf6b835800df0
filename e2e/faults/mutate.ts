import type { Random } from '../../core/shared/random.ts';

/** What breaks parsers, put in place of something. */
const TOKENS = [
  '-1',
  '0',
  '1e999',
  '-1e-999',
  'NaN',
  'Infinity',
  'null',
  '99999999999999999999',
  '9007199254740993',
  '1.5',
  '{}',
  '[]',
  '[[[[[[[[[[[[[[[[[[[[',
  '"',
  "'",
  '\\',
  '\\u',
  '\\x',
  '(',
  ')',
  '{',
  '}',
  '=',
  '==',
  ',',
  ':',
  ';',
  '\t',
  '\r',
  '\n',
  '\0',
  '#',
  '\u{feff}',
  '\u{1d11e}',
  '__proto__',
  'constructor',
  '../../x',
  '/dev/zero',
  'O',
  '|O',
  '<f2',
  '>i8',
  '<U999999999',
  'V8',
  'True',
  'None',
  'import os',
  'x'.repeat(5000),
];

/** A copy of `bytes` with one to four random changes: flipped bits, cut, repeated, moved, or replaced by what breaks parsers. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let out: Buffer = Buffer.from(bytes);
  for (let changes = 1 + random.integer(4); changes > 0; changes--) out = change(out, random);
  return out;
}

function change(bytes: Buffer, random: Random): Buffer {
  const at = random.integer(bytes.length + 1);
  const length = Math.min(
    random.integer(2) === 0 ? random.integer(8) : random.integer(bytes.length + 1),
    bytes.length - at,
  );
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  switch (random.integer(8)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < bytes.length) flipped[at]! ^= 1 << random.integer(8);
      return flipped;
    }
    case 1:
      return before;
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 4: {
      const noise = Buffer.from(Array.from({ length: random.integer(16) }, () => random.integer(256)));
      return Buffer.concat([before, noise, after]);
    }
    case 5:
      return onNumber(bytes, random);
    default:
      return Buffer.concat([
        before,
        Buffer.from(TOKENS[random.integer(TOKENS.length)]!),
        random.integer(2) === 0 ? bytes.subarray(at) : after,
      ]);
  }
}

/** One of the numbers in a text replaced. */
function onNumber(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1');
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
  const chosen = numbers[random.integer(Math.max(1, numbers.length))];
  if (!chosen) return Buffer.from(bytes);
  const token = TOKENS[random.integer(TOKENS.length)]!;
  return Buffer.from(text.slice(0, chosen.index) + token + text.slice(chosen.index + chosen[0].length), 'latin1');
}
