import type { UnionUnit } from '../analyzer/curated.ts';
import { originals } from '../shared/content.ts';
import { UserError } from '../shared/errors.ts';
import type { UnitId } from '../shared/sorting.ts';
import type { Desk } from './desk.ts';

/** The units of those ids, all in force if not told; ids that are no more (a merge just now) are left out. */
export function unitsNamed(desk: Desk, unitIds?: readonly UnitId[]): UnionUnit[] {
  const inForce = desk.opened.curation?.units.inForce;
  if (!inForce) return [];
  const ids = unitIds ?? [...inForce.keys()];
  return ids.flatMap((unitId) => {
    const unit = inForce.get(unitId);
    return unit ? [{ unitId, from: originals(unit.content) }] : [];
  });
}

export function unitNamed(desk: Desk, unitId: UnitId): UnionUnit {
  const [unit] = unitsNamed(desk, [unitId]);
  if (unit) return unit;
  throw new UserError(`there is no unit ${unitId} (any more)`, {
    hint: 'It was merged, removed, or is of another sorting. Choose a unit of the table.',
  });
}
