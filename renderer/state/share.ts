/**
 * `now` with every part that equals the one of `before` replaced by it: what comes over a port is always a copy, and
 * what is drawn or memoised by its identity should only change when its content does.
 */
export function share<T extends object>(before: T | undefined, now: T): T {
  if (!before) return now;
  const shared = { ...now };
  for (const key of Object.keys(now)) {
    const old: unknown = Reflect.get(before, key);
    if (equal(old, Reflect.get(now, key))) Reflect.set(shared, key, old);
  }
  return shared;
}

/** Equality of plain data with typed arrays. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b) || ArrayBuffer.isView(a) !== ArrayBuffer.isView(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
