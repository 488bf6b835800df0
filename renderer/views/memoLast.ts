import { memo } from './memo.ts';

/** Two panels of one view, each with what it had before. */
const KEPT = 4;

/**
 * As memo, but only the values of the last few keys are kept: for what changes while one drags or turns the wheel and
 * would else pile up. One `name` a use.
 */
export function memoLast<T>(object: object, name: string, key: string, make: () => T): T {
  const kept = memo(object, `last ${name}`, () => new Map<string, unknown>());
  const value = kept.has(key) ? kept.get(key) : make();
  kept.delete(key);
  kept.set(key, value); // the last used is the last in line
  for (const old of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(old);
  }
  return value as T; // the name tells the type
}
