import { join } from 'node:path';
import { sortingFormats } from '../../core/formats/index.ts';
import type { Sorting } from '../../core/shared/sorting.ts';
import type { GoldenPlace } from './area.ts';

/** golden/NAME as our formats read it. */
export async function goldenSorting(place: GoldenPlace, name: string): Promise<Sorting> {
  const path = join(place.golden, name);
  for (const format of sortingFormats) if (await format.matches(path)) return (await format.open(path)).sorting;
  throw new Error(`no format finds a sorting in ${path}`);
}
