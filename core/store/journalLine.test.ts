import { expect, test } from 'vitest';
import type { CurationEvent } from '../shared/curation.ts';
import { UserError } from '../shared/errors.ts';
import { crc32c } from './crc32c.ts';
import { baseHash, encodeLine, readLines } from './journalLine.ts';

const events: CurationEvent[] = [
  { type: 'merge', unitIds: [1, 2], into: 3 },
  { type: 'label', unitIds: [3], key: 'note', values: ['naïve "quoted"\n\u2028'] },
  { type: 'undo' },
];

function journal(base: string, list: readonly unknown[]): Buffer {
  let prev = baseHash(base);
  const lines = list.map((event, i) => {
    const line = encodeLine({ seq: i + 1, time: 'now', user: 'ö', event: event as CurationEvent }, prev);
    prev = line.prev;
    return line.bytes;
  });
  return Buffer.concat(lines);
}

test('a line is JSON, and the events come back', () => {
  const bytes = journal('base', events);
  const { events: back, length, damage } = readLines(bytes, 'base');
  expect([back, length, damage]).toEqual([events, bytes.length, undefined]);
  const [first] = bytes.toString().split('\n');
  expect(Object.keys(JSON.parse(first!))).toEqual(['seq', 'time', 'user', 'event', 'prev', 'crc']);
});

test('every flipped bit is noticed, and only that line and later ones are left out', () => {
  const bytes = journal('base', events);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const read = readLines(flipped, 'base');
    const line =
      bytes
        .subarray(0, bit >> 3)
        .toString('latin1')
        .split('\n').length - 1;
    expect([read.events, read.damage === undefined]).toEqual([events.slice(0, line), false]);
  }
});

test('cut anywhere, the whole lines before are kept', () => {
  const bytes = journal('base', events);
  for (let length = 0; length < bytes.length; length++) {
    const read = readLines(bytes.subarray(0, length), 'base');
    expect(events.slice(0, read.events.length)).toEqual(read.events);
    expect(read.damage === undefined).toBe(length === read.length);
  }
});

test('lines taken out, doubled or exchanged are noticed', () => {
  const [a, b, c] = journal('base', events).toString().split('\n');
  const read = (...lines: (string | undefined)[]) => readLines(Buffer.from(`${lines.join('\n')}\n`), 'base');
  expect(read(a, c).damage).toBe('line 2 does not follow the one before');
  expect(read(a, b, b).events).toHaveLength(2);
  expect(read(a, c, b).events).toHaveLength(1);
});

test('whole lines of another base are not damage', () => {
  const read = readLines(journal('other', events), 'base');
  expect(read).toMatchObject({ events: [], otherBase: baseHash('other') });
  expect(read.damage).toBeUndefined();
});

test('an event of a newer version is not damage either', () => {
  expect(() => readLines(journal('base', [...events, { type: 'split', unitIds: [3] }]), 'base')).toThrow(UserError);
});

test('what is not JSON under a right checksum is damage', () => {
  const body = Buffer.from('[1,2');
  const line = Buffer.concat([body, Buffer.from(`,"crc":"${crc32c(body).toString(16).padStart(8, '0')}"}\n`)]);
  expect(readLines(line, 'base').damage).toBe('line 1 is damaged');
});
