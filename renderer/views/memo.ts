const kept = new WeakMap<object, Map<string, unknown>>();

/**
 * `make()` once for `object` and `key`, kept as long as the object lives. Views stay pure and still give the same
 * array for the same data, so it is uploaded once. `key` must start with a word for what is made.
 */
export function memo<T>(object: object, key: string, make: () => T): T {
  let values = kept.get(object);
  if (!values) {
    values = new Map();
    kept.set(object, values);
  }
  if (!values.has(key)) values.set(key, make());
  return values.get(key) as T; // the key tells the type
}
