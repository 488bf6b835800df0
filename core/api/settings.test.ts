import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settingsFile } from './settings.ts';

let folder: string;
let notices: string[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'settings-')), 'made when it is needed');
  notices = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));
const settings = () => settingsFile(folder, (notice) => notices.push(notice));
const damage = (text: string) => {
  writeFileSync(join(folder, 'settings.json'), text);
};

test('what is kept is there the next time, by name', async () => {
  expect(await settings().read()).toEqual({});
  await settings().keep('layout', { left: ['µ', null, 1.5] });
  await settings().keep('theme', 'dark');
  await settings().keep('layout', [1]);
  expect(await settings().read()).toEqual({ layout: [1], theme: 'dark' });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('what is kept at once is all kept', async () => {
  const file = settings();
  await Promise.all(Array.from({ length: 20 }, (_, i) => file.keep(`s${i}`, i)));
  expect(await file.read()).toEqual(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, i])));
});

test('a damaged file is set aside and told', async () => {
  await settings().keep('theme', 'dark');
  for (const [i, text] of ['{"theme": "da', '[]', '\u0000\u0000'].entries()) {
    damage(text);
    expect(await settings().read()).toEqual({});
    expect(notices).toHaveLength(i + 1);
    await new Promise((resolve) => setTimeout(resolve, 2)); // another name for the next
  }
  const aside = readdirSync(folder);
  expect(aside.filter((name) => name.startsWith('settings.json.damaged-'))).toHaveLength(3);
  expect(readFileSync(join(folder, aside[0]!), 'utf8')).toBe('{"theme": "da');
  await settings().keep('theme', 'light');
  expect(await settings().read()).toEqual({ theme: 'light' });
});

test('what is too large, or could not be read back, is refused and the rest stays', async () => {
  await settings().keep('theme', 'dark');
  await expect(settings().keep('layout', 'x'.repeat(2_100_000))).rejects.toThrow(/over 2 MB/);
  let deep: [] | [unknown] = [];
  for (let i = 0; i < 100; i++) deep = [deep];
  await expect(settings().keep('deep', JSON.parse(JSON.stringify(deep)))).rejects.toThrow(/cannot be kept/);
  expect(await settings().read()).toEqual({ theme: 'dark' });
  expect(notices).toEqual([]);
});
