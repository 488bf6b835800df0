import { spikeinterfaceNumpy } from '../formats/spikeinterfaceNumpy.ts';
import type { OpenedSorting } from '../shared/lists.ts';
import type { Sorting } from '../shared/sorting.ts';
import { writeSiSorting } from '../store/siSorting.ts';

/** `sorting/` of a session: SpikeInterface's numpy_folder. */
export function readSorting(folder: string): Promise<OpenedSorting> {
  return spikeinterfaceNumpy.open(folder);
}

/** Into a folder that is there already. */
export async function writeSorting(folder: string, sorting: Sorting): Promise<void> {
  await writeSiSorting(folder, sorting);
}
