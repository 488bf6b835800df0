import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPlace, writePlace } from './windowPlace.ts';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-window-'));
const file = join(folder, 'window.json');
const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
const place = { x: 2000, y: 100, width: 1000, height: 700, maximized: false };
afterAll(() => rmSync(folder, { recursive: true }));

test('a window comes back where it was', () => {
  writePlace(file, place);
  expect(readPlace(file, screens)).toEqual(place);
});

test('not on a screen that is gone', () => {
  writePlace(file, place);
  expect(readPlace(file, screens.slice(0, 1))).toBeUndefined();
});

test('a missing, cut or foreign file is no place', () => {
  expect(readPlace(join(folder, 'none.json'), screens)).toBeUndefined();
  for (const text of ['', '{"x": 1', '[]', '{"x":0,"y":0,"width":10,"height":10,"maximized":false}']) {
    writeFileSync(file, text);
    expect(readPlace(file, screens), text).toBeUndefined();
  }
});
