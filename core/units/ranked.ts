import type { SimilarUnits } from '../shared/api.ts';
import type { UnitId } from '../shared/sorting.ts';
import type { Similarities } from './source.ts';

/** The `most` of `others` most similar to a unit, most similar first; of equals the first stays first. */
export function ranked(
  unitId: UnitId,
  others: readonly UnitId[],
  { values, source }: Similarities,
  most: number,
): SimilarUnits {
  const order = [...others.keys()].filter((i) => others[i] !== unitId && !Number.isNaN(values[i]));
  order.sort((a, b) => values[b]! - values[a]! || a - b);
  const kept = order.slice(0, most);
  return {
    unitId,
    unitIds: kept.map((i) => others[i]!),
    similarity: Float64Array.from(kept, (i) => values[i]!),
    source,
  };
}
