import { memo } from './memo.ts';
import { memoLast } from './memoLast.ts';

/** As memoLast, for what is made of two objects; kept as long as both live. */
export function memoBoth<T>(a: object, b: object, name: string, key: string, make: () => T): T {
  const pairs = memo(a, 'pairs', () => new WeakMap<object, object>());
  const pair = pairs.get(b) ?? {};
  pairs.set(b, pair);
  return memoLast(pair, name, key, make);
}
