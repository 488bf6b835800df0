import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from '../formats/samples.ts';
import { UserError } from '../shared/errors.ts';
import { fileNameFor } from './fileName.ts';
import { commitFolder, restoreFolder } from './folder.ts';
import { writeFileAtomic } from './writeFile.ts';

afterAll(removeOddFolders);

const fill = (text: string) => async (folder: string) => {
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'inner', 'a.txt'), text);
  return text.length;
};

test('a folder appears whole, and what build returns comes back', async () => {
  const target = join(oddFolder(), 'new', 'result');
  expect(await commitFolder(target, fill('one'))).toBe(3);
  expect(readFileSync(join(target, 'inner', 'a.txt'), 'utf8')).toBe('one');
  expect(readdirSync(join(target, '..'))).toEqual(['result']);
});

test('a failed build leaves nothing, and an old folder as it was', async () => {
  const parent = oddFolder();
  const target = join(parent, 'result');
  const failing = async (folder: string) => {
    await fill('half')(folder);
    throw new UserError('no more');
  };
  await expect(commitFolder(target, failing)).rejects.toThrow('no more');
  expect(readdirSync(parent)).toEqual([]);
  await commitFolder(target, fill('one'));
  await expect(commitFolder(target, failing, { replace: true })).rejects.toThrow('no more');
  expect(readFileSync(join(target, 'inner', 'a.txt'), 'utf8')).toBe('one');
  expect(readdirSync(parent)).toEqual(['result']);
});

test('other content is not touched unless asked; an empty folder may be filled', async () => {
  const parent = oddFolder();
  const target = join(parent, 'result');
  mkdirSync(target);
  await commitFolder(target, fill('one'));
  await expect(commitFolder(target, fill('two'))).rejects.toMatchObject({ name: 'UserError', path: target });
  await commitFolder(target, fill('three'), { replace: true });
  expect(readFileSync(join(target, 'inner', 'a.txt'), 'utf8')).toBe('three');
  expect(readdirSync(parent)).toEqual(['result']);
});

test('a replacement that was cut between its two renames is put back', async () => {
  const parent = oddFolder();
  const target = join(parent, 'result');
  await commitFolder(target, fill('one'));
  renameSync(target, join(parent, '.result.old-1234'));
  restoreFolder(target);
  expect(readFileSync(join(target, 'inner', 'a.txt'), 'utf8')).toBe('one');
});

test('what a dead process left days ago is removed at the next commit; a fresh partial is not', async () => {
  const parent = oddFolder();
  for (const name of ['.result.partial-old', '.result.partial-new', '.result.old-x']) mkdirSync(join(parent, name));
  const longAgo = new Date(Date.now() - 5 * 86_400_000);
  utimesSync(join(parent, '.result.partial-old'), longAgo, longAgo);
  mkdirSync(join(parent, 'result'));
  await commitFolder(join(parent, 'result'), fill('one'));
  expect(readdirSync(parent).sort()).toEqual(['.result.partial-new', 'result']);
});

test('a file is replaced whole; where that is impossible the old one stays and no partial', async () => {
  const folder = oddFolder();
  const path = join(folder, `${'n'.repeat(250)}.x`);
  await writeFileAtomic(path, 'one');
  await writeFileAtomic(path, [new TextEncoder().encode('tw'), new TextEncoder().encode('o')]);
  expect(readFileSync(path, 'utf8')).toBe('two');
  await expect(writeFileAtomic(join(folder, 'none', 'x'), 'a')).rejects.toMatchObject({ name: 'UserError' });
  mkdirSync(join(folder, 'taken'));
  await expect(writeFileAtomic(join(folder, 'taken'), 'a')).rejects.toMatchObject({ name: 'UserError' });
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('names become safe file names', () => {
  expect(fileNameFor('peak_to_trough_duration')).toBe('peak_to_trough_duration');
  expect(fileNameFor('../a b/ü')).toBe('%2E.%2Fa%20b%2F%C3%BC');
  expect(fileNameFor('con.x')).toBe('%63on.x');
  expect(fileNameFor('')).toBe('%');
  expect(fileNameFor('x'.repeat(300))).toHaveLength(100);
  expect(fileNameFor('x'.repeat(300))).not.toBe(fileNameFor('x'.repeat(301)));
});
