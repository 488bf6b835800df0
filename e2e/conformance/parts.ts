/** What a check found of one part of an entry: how many values differ, or that it is not there yet. */
export type Part = { readonly part: string } & ({ readonly error: number } | { readonly missing: true });

/** How many values differ; NaN (a miss) for another number of them. */
export function differing(ours: readonly unknown[], golden: readonly unknown[]): number {
  return ours.length === golden.length ? golden.filter((value, i) => !Object.is(value, ours[i])).length : Number.NaN;
}

/** expected.json has one value where all channels have the same. */
export function perChannel<T>(value: T | readonly T[] | null, channels: number): readonly T[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : new Array<T>(channels).fill(value as T);
}

/** How many are farther off than `tolerance`, relative. */
export function far(ours: readonly number[], golden: readonly number[], tolerance: number): number {
  if (ours.length !== golden.length) return Number.NaN;
  return golden.filter((value, i) => !(Math.abs(ours[i]! - value) <= tolerance * Math.max(1, Math.abs(value)))).length;
}
