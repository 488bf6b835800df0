import { originals } from '../../shared/content.ts';
import type { CuratedUnit } from '../../shared/curatedUnits.ts';
import type { Sorting } from '../../shared/sorting.ts';

/** Spikes of the units in force as phy's columns, over all segments laid end to end. */
export interface PhySpikes {
  /** Ascending. */
  readonly times: Float64Array;
  /** Row of the unit it was sorted into: never changes, as in phy. */
  readonly templates: Int32Array;
  /** Row of the unit it is in after curation. */
  readonly units: Int32Array;
  /** Row in the sorting's spike vector. */
  readonly rows: Float64Array;
}

/** `numFrames`: length of each segment, since phy knows one stretch of time only. Spikes of removed units are left out. */
export function phySpikes(sorting: Sorting, units: readonly CuratedUnit[], numFrames: readonly number[]): PhySpikes {
  const unitNow = new Int32Array(sorting.unitIds.length).fill(-1);
  const rowOf = new Map(sorting.unitIds.map((id, i) => [id, i]));
  units.forEach((unit, i) => {
    for (const id of originals(unit.content)) unitNow[rowOf.get(id)!] = i;
  });
  const n = sorting.segments.reduce((sum, { unitIndex }) => sum + unitIndex.filter((u) => unitNow[u]! >= 0).length, 0);
  const spikes = {
    times: new Float64Array(n),
    templates: new Int32Array(n),
    units: new Int32Array(n),
    rows: new Float64Array(n),
  };
  let to = 0;
  let start = 0;
  let row = 0;
  sorting.segments.forEach(({ sampleIndex, unitIndex }, segment) => {
    for (let i = 0; i < sampleIndex.length; i++, row++) {
      const template = unitIndex[i]!;
      if (unitNow[template]! < 0) continue;
      spikes.times[to] = start + sampleIndex[i]!;
      spikes.templates[to] = template;
      spikes.units[to] = unitNow[template]!;
      spikes.rows[to++] = row;
    }
    start += numFrames[segment] ?? 0;
  });
  return spikes;
}
