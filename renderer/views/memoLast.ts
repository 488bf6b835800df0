import { memo } from './memo.ts';

interface Kept {
  key: string;
  value: unknown;
}

/**
 * As memo, but only the value of the last `key` is kept: for what changes while one drags or turns the wheel and
 * would else pile up. One `name` a use.
 */
export function memoLast<T>(object: object, name: string, key: string, make: () => T): T {
  const kept = memo<Kept>(object, `last ${name}`, () => ({ key: '', value: undefined }));
  if (kept.value === undefined || kept.key !== key) {
    kept.value = make();
    kept.key = key;
  }
  return kept.value as T; // the name tells the type
}
