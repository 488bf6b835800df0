import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from '../formats/samples.ts';
import { fingerprint, hashJson } from './hash.ts';

afterAll(removeOddFolders);

test('equal values have equal hashes, whatever the order of keys', () => {
  expect(hashJson({ a: 1, b: [2, null] })).toBe(hashJson({ b: [2, null], a: 1, c: undefined }));
  expect(hashJson({ a: 1 })).not.toBe(hashJson({ a: 2 }));
  expect(hashJson({})).toMatch(/^[0-9a-f]{64}$/);
});

test('a fingerprint follows the file, not its name: size, start, middle and end count', async () => {
  const folder = oddFolder();
  const path = join(folder, 'a');
  writeFileSync(path, new Uint8Array(1_000_000));
  const before = await fingerprint([path]);
  copyFileSync(path, join(folder, 'b'));
  expect(await fingerprint([join(folder, 'b')])).toBe(before);
  for (const at of [0, 500_000, 999_999]) {
    const bytes = readFileSync(path);
    bytes[at] = 1;
    writeFileSync(join(folder, 'c'), bytes);
    expect(await fingerprint([join(folder, 'c')])).not.toBe(before);
  }
  writeFileSync(path, new Uint8Array(1_000_001));
  expect(await fingerprint([path])).not.toBe(before);
});
