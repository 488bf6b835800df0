import { expect, test } from 'vitest';
import { Cache, sizeOf } from './cache.ts';

test('the size of plain data is about that of its arrays', () => {
  expect(sizeOf({ a: new Float32Array(1000), b: ['xy'] })).toBeGreaterThanOrEqual(4000);
  expect(sizeOf({ a: new Float32Array(1000), b: ['xy'] })).toBeLessThan(4100);
});

test('what was used longest ago goes first', () => {
  const cache = new Cache<Uint8Array>(250);
  cache.set('a', new Uint8Array(100));
  cache.set('b', new Uint8Array(100));
  cache.get('a');
  cache.set('c', new Uint8Array(100));
  expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
});

test('what is larger than the cache is still kept until the next', () => {
  const cache = new Cache<Uint8Array>(10);
  cache.set('a', new Uint8Array(100));
  expect(cache.get('a')).toBeDefined();
  cache.set('b', new Uint8Array(100));
  expect(cache.get('a')).toBeUndefined();
});

test('a key set again counts once', () => {
  const cache = new Cache<Uint8Array>(150);
  for (let i = 0; i < 5; i++) cache.set('a', new Uint8Array(100));
  cache.set('b', new Uint8Array(40));
  expect(cache.get('a')).toBeDefined();
});
