import { groups, type InitialUnit } from '../shared/curatedUnits.ts';
import type { OpenedSorting } from '../shared/lists.ts';
import { spikeCounts } from '../shared/sorting.ts';

/** Columns that say something else than what a unit was judged to be. */
const NO_LABELS = new Set(['group', 'quality', 'main_channel_id', 'original_cluster_id', 'si_unit_id']);

/**
 * The units curation starts from, with the labels their folder gives them: words only, numbers are columns of the unit
 * table. `quality` is SpikeInterface's name for phy's group.
 */
export function initialUnitsOf({ sorting, columns }: Pick<OpenedSorting, 'sorting' | 'columns'>): InitialUnit[] {
  const counts = spikeCounts(sorting);
  const words = Object.entries(columns).filter(
    ([name, values]) => !NO_LABELS.has(name) && values.some((value) => typeof value === 'string' && value !== ''),
  );
  return sorting.unitIds.map((unitId, i) => {
    const group = groups.find((known) => known === columns.quality?.[i] || known === columns.group?.[i]);
    const labels: Record<string, readonly string[]> = {};
    for (const [name, values] of words) {
      const value = values[i];
      if (value !== undefined && value !== '') labels[name] = [String(value)];
    }
    return { unitId, numSpikes: counts[i]!, ...(group && { group }), labels };
  });
}
