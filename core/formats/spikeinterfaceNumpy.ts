import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { OpenedSorting, SortingFormat } from '../shared/lists.ts';
import type { Property } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { readJson } from '../store/json.ts';
import { type NumericArray, readNpy } from '../store/npy.ts';
import { isFile } from '../store/pathKind.ts';
import { checkSpikes } from './checkSpikes.ts';
import { readProperties } from './spikeinterfaceFolder.ts';

const MAX_SEGMENTS = 10_000;

const schema = z.object({
  sampling_frequency: z.number().positive(),
  unit_ids: z.union([z.array(z.number()), z.array(z.string())]),
  num_segments: z.number().int().min(1).max(MAX_SEGMENTS),
});

/** A sorting saved by SpikeInterface as numpy_folder, also the one inside an analyzer. */
export const spikeinterfaceNumpy: SortingFormat = {
  name: 'spikeinterface_numpy',
  label: 'SpikeInterface sorting folder',
  help: 'A sorting saved by SpikeInterface (sorting.save, format numpy_folder), or the one inside an analyzer folder.',

  async matches(path) {
    return folderOf(path) !== undefined;
  },

  async open(path): Promise<OpenedSorting> {
    const folder = folderOf(path);
    if (folder === undefined)
      throw new UserError(`${path} is no SpikeInterface sorting folder: it has no numpysorting_info.json`, {
        path,
        hint: 'Choose a folder made by sorting.save(format="numpy_folder") or an analyzer.',
      });
    const infoPath = join(folder, 'numpysorting_info.json');
    const info = schema.safeParse(await readJson(infoPath));
    if (!info.success) {
      const issue = info.error.issues[0];
      throw new UserError(`${infoPath} is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
        path: infoPath,
        hint: 'Save the sorting again.',
      });
    }
    const { sampling_frequency: samplingFrequency, unit_ids: unitIds, num_segments: count } = info.data;
    if (new Set<number | string>(unitIds).size !== unitIds.length)
      throw new UserError(`${infoPath} has a unit twice`, { path: infoPath });

    const spikesPath = join(folder, 'spikes.npy');
    const spikes = await readSpikes(spikesPath);
    const bySegment = splitSegments(spikes, count, spikesPath);
    const segments = bySegment.map((part) => checkSpikes({ path: spikesPath, ...part, units: unitIds.length }));
    const { flat } = await readProperties(folder, unitIds.length);
    return {
      sorting: { samplingFrequency, unitIds, segments, properties: flat },
      columns: columnsOf(flat),
      warnings: [],
    };
  },
};

function folderOf(path: string): string | undefined {
  const places = isFile(path) ? [dirname(path)] : [path, join(path, 'sorting')];
  return places.find((folder) => existsSync(join(folder, 'numpysorting_info.json')));
}

interface Spikes {
  readonly sampleIndex: NumericArray;
  readonly unitIndex: NumericArray;
  readonly segmentIndex: NumericArray;
}

async function readSpikes(path: string): Promise<Spikes> {
  const array = await readNpy(path);
  const column = (name: string): NumericArray => {
    const values = array.kind === 'records' ? array.data[name] : undefined;
    if (!values || Array.isArray(values))
      throw new UserError(`${path} has no column ${name}`, { path, hint: 'Is it the spikes.npy of a sorting?' });
    return values;
  };
  return {
    sampleIndex: column('sample_index'),
    unitIndex: column('unit_index'),
    segmentIndex: column('segment_index'),
  };
}

function splitSegments(
  spikes: Spikes,
  count: number,
  path: string,
): { sampleIndex: Float64Array; unitIndex: Int32Array }[] {
  const { sampleIndex, unitIndex, segmentIndex } = spikes;
  const sizes = new Array<number>(count).fill(0);
  for (const segment of segmentIndex) {
    if (!(segment >= 0 && segment < count))
      throw new UserError(`${path} names segment ${segment}, there are ${count}`, {
        path,
        hint: 'The folder is damaged.',
      });
    sizes[segment]!++;
  }
  const parts = sizes.map((size) => ({
    sampleIndex: new Float64Array(size),
    unitIndex: new Int32Array(size),
    filled: 0,
  }));
  for (let i = 0; i < sampleIndex.length; i++) {
    const part = parts[segmentIndex[i]!]!;
    part.sampleIndex[part.filled] = sampleIndex[i]!;
    part.unitIndex[part.filled] = unitIndex[i]!;
    part.filled++;
  }
  return parts;
}

function columnsOf(properties: Readonly<Record<string, Property>>): OpenedSorting['columns'] {
  const columns: Record<string, readonly (string | number | undefined)[]> = Object.create(null);
  for (const [name, values] of Object.entries(properties))
    columns[name] = values.map((value) => (typeof value === 'boolean' ? String(value) : value));
  return columns;
}
