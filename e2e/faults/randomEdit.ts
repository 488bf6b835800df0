import type { CuratedUnits } from '../../core/shared/curatedUnits.ts';
import { type Curation, type CurationEvent, newUnitId } from '../../core/shared/curation.ts';
import type { Random } from '../../core/shared/random.ts';
import type { UnitId } from '../../core/shared/sorting.ts';

/** An event that is possible now: mostly merges and labels, some undo and redo, seldom remove. */
export function randomEvent(curation: Curation, random: Random): CurationEvent {
  const wish = random.integer(20);
  if (wish < 4 && curation.done.length > 0) return { type: 'undo' };
  if (wish < 7 && curation.undone.length > 0) return { type: 'redo' };
  const enough = curation.units.inForce.size > 3;
  if (wish < 13 && enough)
    return {
      type: 'merge',
      unitIds: someUnits(curation.units, 2 + random.integer(2), random),
      into: newUnitId(curation),
    };
  if (wish === 13 && enough) return { type: 'remove', unitIds: someUnits(curation.units, 1, random) };
  const unitIds = someUnits(curation.units, 1 + random.integer(3), random);
  if (wish < 17)
    return { type: 'label', unitIds, key: 'group', values: pick([['good'], ['mua'], ['noise'], []], random) };
  return { type: 'label', unitIds, key: 'cell type', values: pick([['fast'], ['slow', 'odd'], []], random) };
}

function someUnits(units: CuratedUnits, n: number, random: Random): UnitId[] {
  const ids = [...units.inForce.keys()];
  return Array.from({ length: Math.min(n, ids.length) }, () => ids.splice(random.integer(ids.length), 1)[0]!);
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random.integer(values.length)]!;
}
