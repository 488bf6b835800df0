import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from '../formats/samples.ts';
import { UserError } from '../shared/errors.ts';
import { fileNameFor } from './fileName.ts';
import { commitFolder, removeFolder, restoreFolder } from './folder.ts';
import { ownerTag } from './holder.ts';
import { siblingName } from './siblings.ts';
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

test('what a dead process left is removed at the next commit; what a living one builds is not', async () => {
  const parent = oddFolder();
  const target = join(parent, 'result');
  const where = ownerTag().split('-')[0];
  const dead = `.result.partial-${where}-${2 ** 22 - 1}-5-01234567`;
  const deadFile = `.session.json.partial-${where}-${2 ** 22 - 1}-5-01234567`;
  const elsewhere = '.other.partial-00000000-12-5-01234567';
  const longAgo = '.other.gone-00000000-12-5-01234567';
  const mine = basename(siblingName(target, 'partial'));
  for (const name of [dead, elsewhere, longAgo, mine, '.result.old-x', '.not.partial-ours'])
    mkdirSync(join(parent, name));
  writeFileSync(join(parent, deadFile), '');
  const before = new Date(Date.now() - 5 * 86_400_000);
  utimesSync(join(parent, longAgo), before, before);
  mkdirSync(target);
  await commitFolder(target, fill('one'));
  expect(readdirSync(parent).sort()).toEqual(['.not.partial-ours', elsewhere, mine, 'result'].sort());
});

test('aside: nothing hidden lies beside the folder while it is made, replaced or removed', async () => {
  const parent = oddFolder();
  const aside = join(parent, 'analyzer');
  const target = join(aside, 'extensions', 'templates');
  const look = async (folder: string) => {
    expect(readdirSync(aside).filter((name) => name.startsWith('.templates.'))).toEqual([basename(folder)]);
    expect(readdirSync(join(target, '..')).filter((name) => name.startsWith('.'))).toEqual([]);
    return fill('one')(folder);
  };
  await commitFolder(target, look, { replace: true, aside });
  await commitFolder(target, look, { replace: true, aside });
  renameSync(target, join(aside, '.templates.old-x'));
  restoreFolder(target, aside);
  expect(readdirSync(target)).toEqual(['inner']);
  removeFolder(target, aside);
  removeFolder(target, aside);
  expect([readdirSync(aside), readdirSync(join(aside, 'extensions'))]).toEqual([['extensions'], []]);
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
