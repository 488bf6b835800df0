import type { UnitId } from '../../shared/sorting.ts';

/** phy makes arrays as long as the largest id. */
const LARGEST = 1_000_000;

/** phy's cluster ids are whole numbers: unit ids that are stay as they are, others are numbered in their order. */
export function clusterIds(unitIds: readonly UnitId[]): { readonly ids: Int32Array; readonly kept: boolean } {
  const kept = unitIds.every((id) => typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= LARGEST);
  return { ids: Int32Array.from(unitIds, (id, i) => (kept ? Number(id) : i)), kept };
}
