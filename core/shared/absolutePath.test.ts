import { expect, test } from 'vitest';
import { absolutePath } from './absolutePath.ts';

test.each([
  ['/data/a-spikedesk', '../a b.raw', '/data/a b.raw'],
  ['/data/a', './x/y.bin', '/data/a/x/y.bin'],
  ['/data/a', '/other/y.bin', '/other/y.bin'],
  ['C:\\data\\a', '../y.bin', 'C:\\data\\y.bin'],
  ['/data/a', 'D:\\y.bin', 'D:\\y.bin'],
])('%s, %s', (folder, path, whole) => {
  expect(absolutePath(folder, path)).toBe(whole);
});
