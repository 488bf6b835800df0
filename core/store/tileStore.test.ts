import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTileFile, writeTileFile } from './tileStore.ts';

let folder: string;
let path: string;
const id = { key: 'abc', page: 3 };
const sections = new Map([
  ['one', Uint8Array.from({ length: 1000 }, (_, i) => i)],
  ['two', Uint8Array.of(1, 2, 3)],
]);
const into = (bytes: number) => new Uint8Array(bytes);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiles-'));
  path = join(folder, 'new', '0-3.tiles');
  writeTileFile(path, id, sections);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was written is read, section by section', () => {
  expect(readTileFile(path, id, ['two'], into)).toEqual(new Map([['two', Uint8Array.of(1, 2, 3)]]));
  expect(readTileFile(path, id, ['one', 'two'], into)).toEqual(sections);
  expect(readdirSync(join(folder, 'new'))).toEqual(['0-3.tiles']);
  expect(readTileFile(join(folder, 'none'), id, ['one'], into)).toBeUndefined();
});

test.each([
  ['another magic', (bytes: Buffer) => bytes.writeUInt8(0, 0)],
  ['a flipped bit of the header', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30)],
  ['a header longer than the file', (bytes: Buffer) => bytes.writeUInt32LE(2 ** 31, 8)],
  [
    'a flipped bit of a section',
    (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 16, bytes.length - 100),
  ],
])('%s: not shown, and removed', (_, damage) => {
  const bytes = readFileSync(path);
  damage(bytes);
  writeFileSync(path, bytes);
  expect(readTileFile(path, id, ['one'], into)).toBeUndefined();
  expect(readdirSync(join(folder, 'new'))).toEqual([]);
});

test.each([0, 7, 20, 500, 1100])('cut after %i bytes: not shown, and removed', (length) => {
  expect(readFileSync(path).length).toBeGreaterThan(length);
  truncateSync(path, length);
  expect(readTileFile(path, id, ['one'], into)).toBeUndefined();
  expect(readdirSync(join(folder, 'new'))).toEqual([]);
});

test('the file of something else is none', () => {
  expect(readTileFile(path, { ...id, key: 'other' }, ['one'], into)).toBeUndefined();
});
