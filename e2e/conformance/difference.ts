import type { Numbers } from './area.ts';

/**
 * How far numbers are apart:
 *   abs    largest |ours - golden|
 *   rel    largest |ours - golden| / |golden|
 *   max    largest |ours - golden| / largest |golden|
 *   exact  how many differ
 */
export type Kind = 'abs' | 'rel' | 'max' | 'exact';

/** Infinity where one is missing or NaN and the other is not. */
export function difference(kind: Kind, { ours, golden }: Numbers): number {
  if (ours.length !== golden.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  let largest = 0;
  let different = 0;
  for (let i = 0; i < golden.length; i++) {
    const a = ours[i]!;
    const b = golden[i]!;
    if (Object.is(a, b) || a === b) {
      largest = Math.max(largest, Number.isFinite(b) ? Math.abs(b) : 0);
      continue;
    }
    different++;
    largest = Math.max(largest, Math.abs(b));
    const apart = Math.abs(a - b);
    most = Math.max(
      most,
      Number.isFinite(apart) ? apart / (kind === 'rel' ? Math.abs(b) : 1) : Number.POSITIVE_INFINITY,
    );
  }
  if (kind === 'exact') return different;
  return kind === 'max' && most > 0 ? most / largest : most;
}
