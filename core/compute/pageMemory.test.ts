import { expect, test } from 'vitest';
import { type Page, PageMemory } from './pageMemory.ts';

function page(name: string, bytes: number): Page {
  const levels = new Map([[64, new Int16Array(bytes / 2)]]);
  return { name, data: { chunks: 1, scales: new Float32Array(), levels }, filled: new Uint8Array(1), stored: false };
}

test('pages used longest ago go first, empty ones take no room', () => {
  const memory = new PageMemory(250);
  for (const name of ['a', 'b']) memory.keep(page(name, 100));
  memory.keep({ ...page('empty', 0), data: { chunks: 1, scales: new Float32Array(), levels: new Map() } });
  memory.get('a');
  memory.keep(page('c', 100));
  expect(['a', 'b', 'c'].filter((name) => memory.get(name))).toEqual(['a', 'c']);
});

test('a page larger than the memory is kept until the next', () => {
  const memory = new PageMemory(10);
  memory.keep(page('a', 100));
  expect(memory.get('a')).toBeDefined();
  memory.keep(page('b', 100));
  expect(memory.get('a')).toBeUndefined();
});
