import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppendOnlyFile } from './appendOnly.ts';

let folder = '';
let path = '';
let handle: FileHandle;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'append-'));
  path = join(folder, 'log');
  handle = await open(path, 'a');
});
afterEach(async () => {
  await handle.close();
  rmSync(folder, { recursive: true });
});

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const text = () => readFileSync(path, 'utf8');

test('a failed sync is never tried again: nothing more is accepted', async () => {
  const file = new AppendOnlyFile(path, handle, 0);
  await file.append(Buffer.from('one\n'));
  const { datasync } = handle;
  let syncs = 0;
  handle.datasync = () => {
    syncs++;
    return failing('EIO')();
  };
  await expect(file.append(Buffer.from('two\n'))).rejects.toThrow('the disk failed to keep what was written');
  handle.datasync = datasync;
  await expect(file.append(Buffer.from('three\n'))).rejects.toMatchObject({ name: 'UserError', path });
  expect([syncs, file.failure]).toEqual([1, 'the disk failed to keep what was written']);
});

test('a write that fails half way is cut off again, and the next one goes on', async () => {
  const file = new AppendOnlyFile(path, handle, 0);
  await file.append(Buffer.from('one\n'));
  const { appendFile } = handle;
  handle.appendFile = async () => {
    await appendFile.call(handle, 'tw');
    await failing('ENOSPC')();
  };
  await expect(file.append(Buffer.from('two\n'))).rejects.toThrow('the disk is full');
  expect([text(), file.failure]).toEqual(['one\n', undefined]);
  handle.appendFile = appendFile;
  await file.append(Buffer.from('two\n'));
  expect(text()).toBe('one\ntwo\n');
});

test('if even that fails, nothing more is accepted', async () => {
  const file = new AppendOnlyFile(path, handle, 0);
  handle.appendFile = failing('ENOSPC');
  handle.truncate = failing('EIO');
  await expect(file.append(Buffer.from('one\n'))).rejects.toThrow('cannot write');
  expect(file.failure).toBe('the disk failed');
});
