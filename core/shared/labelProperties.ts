import type { CuratedUnit } from './curatedUnits.ts';
import type { Property } from './recording.ts';
import type { Sorting } from './sorting.ts';

/** The labels of units as properties of a sorting: "quality" is the group, as SpikeInterface calls it. */
export function labelProperties(units: readonly CuratedUnit[]): Readonly<Record<string, Property>> {
  const properties: Record<string, Property> = {};
  if (units.some((unit) => unit.group !== '')) properties.quality = units.map((unit) => unit.group || 'unsorted');
  for (const key of new Set(units.flatMap((unit) => Object.keys(unit.labels))))
    properties[key] = units.map((unit) => unit.labels[key]?.join(', ') ?? '');
  return properties;
}

/** Nothing was merged or removed: only labels can be new. */
export function sameUnits(sorting: Sorting, units: readonly CuratedUnit[]): boolean {
  return (
    units.length === sorting.unitIds.length &&
    units.every(({ content }, i) => content.type === 'original' && content.unitId === sorting.unitIds[i])
  );
}
