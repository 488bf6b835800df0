import { expect, test } from 'vitest';
import { UserError } from './errors.ts';
import { connect, type Method, type Port, serve } from './rpc.ts';

/** Two ends of one port in this thread; messages arrive later and cloned, as across threads. */
function portPair(): readonly [Port, Port] {
  const handlers: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): Port => ({
    post(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const handler of handlers[1 - own]!) handler(copy);
      });
    },
    onMessage: (handler) => handlers[own]!.push(handler),
  });
  return [end(0), end(1)];
}

interface Toy {
  count: Method<{ to: number }, number, string>;
  wait: Method<undefined, never, void>;
  refuse: Method<undefined, never, void>;
}

function toy() {
  const [page, main] = portPair();
  const seen = { cleaned: false };
  const methods: Toy = {
    async *count({ to }) {
      for (let i = 1; i <= to; i++) yield i;
      return 'done';
    },
    async *wait(_, signal) {
      try {
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      } finally {
        seen.cleaned = true;
      }
    },
    // biome-ignore lint/correctness/useYield: it only fails
    async *refuse() {
      throw new UserError('the file is cut', { hint: 'choose another', path: '/x.bin' });
    },
  };
  serve(main, { ...methods });
  return { rpc: connect<Toy>(page), page, seen };
}

test('items arrive in order before the result', async () => {
  const items: number[] = [];
  expect(await toy().rpc.call('count', { to: 3 }, { onItem: (i) => items.push(i) })).toBe('done');
  expect(items).toEqual([1, 2, 3]);
});

test('aborting the signal runs the cleanup at the other end and rejects with AbortError', async () => {
  const { rpc, seen } = toy();
  const stop = new AbortController();
  const call = rpc.call('wait', undefined, { signal: stop.signal });
  setTimeout(() => stop.abort(), 5);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen.cleaned).toBe(true);
});

test('a UserError keeps its hint and path', async () => {
  await expect(toy().rpc.call('refuse', undefined)).rejects.toMatchObject({
    name: 'UserError',
    message: 'the file is cut',
    hint: 'choose another',
    path: '/x.bin',
  });
});

test('an unknown method, one of Object.prototype and junk do no harm', async () => {
  const { rpc, page } = toy();
  for (const junk of [null, 1, 'x', {}, { id: 'a', call: 'count' }, { id: 1 }]) page.post(junk);
  await expect(rpc.call('toString' as 'wait', undefined)).rejects.toThrow('no method "toString"');
  expect(await rpc.call('count', { to: 0 })).toBe('done');
});
