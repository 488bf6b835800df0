import type { Arrangement } from './arrangement.ts';

/** Shares nearer than this are those of the same layout in a window of another size. */
const NEAR = 0.006;

export function sameArrangement(a: Arrangement | undefined, b: Arrangement | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'tabs' || b.kind === 'tabs')
    return a.kind === 'tabs' && b.kind === 'tabs' && a.shown === b.shown && sameList(a.panels, b.panels);
  return (
    a.kind === b.kind &&
    a.parts.length === b.parts.length &&
    a.parts.every(({ share, of }, i) => {
      const other = b.parts[i];
      return other !== undefined && Math.abs(share - other.share) < NEAR && sameArrangement(of, other.of);
    })
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
