import { canonical } from './json.ts';
import type { UnitId } from './sorting.ts';

/**
 * Which spikes a unit has, described, not stored: plain JSON, so canonical(content) hashed keys what is computed from
 * them. Equal sets of units give equal content, however they were merged. (A part of a split would be a third kind.)
 */
export type Content =
  | { readonly type: 'original'; readonly unitId: UnitId }
  | { readonly type: 'union'; readonly of: readonly Content[] };

/** All spikes of several units together: flat and in a fixed order. */
export function union(contents: readonly Content[]): Content {
  const of = contents.flatMap((content) => (content.type === 'union' ? content.of : [content]));
  return { type: 'union', of: of.sort(order) };
}

/** The original units it is made of, in order. */
export function originals(content: Content): UnitId[] {
  return content.type === 'original' ? [content.unitId] : content.of.flatMap(originals);
}

function order(a: Content, b: Content): number {
  const [x, y] = [number(a), number(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x !== undefined ? -1 : 1;
  return canonical(a) < canonical(b) ? -1 : 1;
}

function number(content: Content): number | undefined {
  return content.type === 'original' && typeof content.unitId === 'number' ? content.unitId : undefined;
}
