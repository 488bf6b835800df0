import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limitTileFolders, openTileFolder } from './tileFolders.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tiles-'));
  ['oldest', 'kept', 'newest'].forEach((name, i) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, '0-0.tiles'), new Uint8Array(100));
    utimesSync(join(root, name), i + 1, i + 1);
  });
});
afterEach(() => rmSync(root, { recursive: true }));

test('what was used longest ago goes first, the one in use never', async () => {
  const kept = join(root, 'kept');
  await limitTileFolders(root, kept, 300);
  expect(readdirSync(root)).toHaveLength(3);
  await limitTileFolders(root, kept, 250);
  expect(readdirSync(root)).toEqual(['kept', 'newest']);
  await limitTileFolders(root, kept, 10);
  expect(readdirSync(root)).toEqual(['kept']);
});

test('opening a folder is using it', async () => {
  expect(await openTileFolder(join(root, 'oldest'))).toEqual(['0-0.tiles']);
  await limitTileFolders(root, join(root, 'newest'), 250);
  expect(readdirSync(root)).toEqual(['newest', 'oldest']);
});
