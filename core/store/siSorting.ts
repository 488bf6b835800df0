import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Property } from '../shared/recording.ts';
import { numSpikes, type Sorting } from '../shared/sorting.ts';
import { writeJson } from './json.ts';
import { writeNpy } from './npy.ts';
import { siClass, writeSiProperties } from './siProperties.ts';

type Cells = readonly (string | number | undefined)[];

/**
 * Write a sorting as SpikeInterface's numpy_folder into `folder` (made if need be; one that is not committed yet).
 * Loads in 0.105 and 0.101. `columns` are further properties: missing numbers become NaN, missing text ''.
 */
export async function writeSiSorting(
  folder: string,
  sorting: Sorting,
  columns: Readonly<Record<string, Cells>> = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // A sorting that lay here before may have had others.
  if (existsSync(join(folder, 'numpysorting_info.json')))
    rmSync(join(folder, 'properties'), { recursive: true, force: true });
  await writeJson(
    join(folder, 'numpysorting_info.json'),
    {
      sampling_frequency: sorting.samplingFrequency,
      unit_ids: sorting.unitIds,
      num_segments: sorting.segments.length,
    },
    0,
  );
  await writeNpy(join(folder, 'spikes.npy'), spikeVector(sorting));
  const more = Object.entries(columns).map(([name, cells]) => [name, property(cells)] as const);
  await writeSiProperties(folder, { ...sorting.properties, ...Object.fromEntries(more) });
  await writeJson(join(folder, 'annotations.json'), {});
  // mmap_mode is left out of kwargs: 0.101 does not know it.
  await writeJson(join(folder, 'si_folder.json'), {
    ...siClass('core.sortingfolder.NumpyFolderSorting'),
    kwargs: { folder_path: '.' },
    annotations: {},
    properties: {},
    relative_paths: true,
  });
}

/** All spikes as SpikeInterface's spike vector: by segment, sample, unit. */
function spikeVector(sorting: Sorting) {
  const n = numSpikes(sorting);
  const sample = new Float64Array(n);
  const unit = new Int32Array(n);
  const segment = new Int32Array(n);
  let at = 0;
  for (const [index, spikes] of sorting.segments.entries()) {
    sample.set(spikes.sampleIndex, at);
    unit.set(spikes.unitIndex, at);
    segment.fill(index, at, at + spikes.sampleIndex.length);
    at += spikes.sampleIndex.length;
  }
  return {
    fields: ['sample_index', 'unit_index', 'segment_index'].map((name) => ({ name, dtype: '<i8' })),
    shape: [n],
    data: { sample_index: sample, unit_index: unit, segment_index: segment },
  };
}

function property(cells: Cells): Property {
  if (cells.some((cell) => typeof cell === 'string'))
    return cells.map((cell) => (cell === undefined ? '' : String(cell)));
  return cells.map((cell) => (typeof cell === 'number' ? cell : Number.NaN));
}
