import { originals } from './content.ts';
import type { CuratedUnits } from './curatedUnits.ts';
import type { Property } from './recording.ts';
import { type Sorting, sortSpikes } from './sorting.ts';

/**
 * The sorting the units in force make of the one they started from, rows in their order; spikes of removed units are
 * left out. Properties of merged units are not known: NaN, '' or false.
 */
export function curatedSorting(sorting: Sorting, { inForce }: CuratedUnits): Sorting {
  const units = [...inForce.values()];
  const rowOf = new Map(sorting.unitIds.map((unitId, row) => [unitId, row]));
  // [original units]: row of the unit in force, or -1
  const newRow = new Int32Array(sorting.unitIds.length).fill(-1);
  units.forEach(({ content }, row) => {
    for (const unitId of originals(content)) newRow[rowOf.get(unitId)!] = row;
  });
  const segments = sorting.segments.map(({ sampleIndex, unitIndex }) => {
    const kept = Array.from(unitIndex.keys()).filter((spike) => newRow[unitIndex[spike]!]! >= 0);
    return sortSpikes(
      Float64Array.from(kept, (spike) => sampleIndex[spike]!),
      Int32Array.from(kept, (spike) => newRow[unitIndex[spike]!]!),
    );
  });
  const oldRow = units.map(({ content }) => (content.type === 'original' ? rowOf.get(content.unitId) : undefined));
  const properties: Record<string, Property> = {};
  for (const [name, property] of Object.entries(sorting.properties)) properties[name] = rows(property, oldRow);
  return { ...sorting, unitIds: units.map((unit) => unit.unitId), segments, properties };
}

function rows(property: Property, oldRow: readonly (number | undefined)[]): Property {
  const pick = <T>(values: readonly T[], unknown: T) =>
    oldRow.map((row) => (row === undefined ? unknown : values[row]!));
  if (isNumbers(property)) return pick(property, Number.NaN);
  return isTexts(property) ? pick(property, '') : pick(property, false);
}

function isNumbers(property: Property): property is readonly number[] {
  return typeof property[0] === 'number';
}
function isTexts(property: Property): property is readonly string[] {
  return typeof property[0] === 'string';
}
