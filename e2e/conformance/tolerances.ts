import type { Tolerance } from './judge.ts';

/**
 * How near each golden number must be met: one row an entry (`entry#part` for one column of a table), the kind of
 * figure (difference.ts), the most it may be, and why not less.
 */
const rows: readonly Tolerance[] = [
  ['noise/recording_mad_raw.npy', 'rel', 1e-12, 'medians of whole numbers are exact'],
];

export const tolerances: ReadonlyMap<string, Tolerance> = new Map(rows.map((row) => [row[0], row]));
