import { expect, test } from 'vitest';
import { Shared } from './shared.ts';

const never = new AbortController().signal;

test('two who want the same get it from one go', async () => {
  const shared = new Shared<number>(2);
  let times = 0;
  const work = async () => ++times;
  expect(await Promise.all([shared.get('a', work, never), shared.get('a', work, never)])).toEqual([1, 1]);
  expect(await shared.get('a', work, never)).toBe(1);
  await shared.get('b', work, never);
  await shared.get('c', work, never);
  expect(await shared.get('a', work, never)).toBe(4); // only the last two stay
});

test('it goes on while one of them still wants it, and is stopped when none does', async () => {
  const shared = new Shared<string>(1);
  const stopped: string[] = [];
  const work = (name: string) => (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => resolve(name), 30);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        stopped.push(name);
        reject(new Error('stopped'));
      });
    });
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const one = shared.get('a', work('a'), first.signal);
  const two = shared.get('a', work('a'), second.signal);
  first.abort();
  await expect(one).rejects.toThrow();
  expect(await two).toBe('a');
  const three = shared.get('b', work('b'), third.signal);
  third.abort();
  await expect(three).rejects.toThrow();
  expect(stopped).toEqual(['b']);
});

test('what failed is tried again', async () => {
  const shared = new Shared<number>(1);
  await expect(shared.get('a', () => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
  expect(await shared.get('a', async () => 5, never)).toBe(5);
});
