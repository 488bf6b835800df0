import { extname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { OpenedSorting, SortingFormat } from '../shared/lists.ts';
import type { UnitId } from '../shared/sorting.ts';
import { type ByteSource, fromBytes, openFile } from '../store/byteSource.ts';
import { type NpyArray, parseNpy } from '../store/npy.ts';
import { isFile } from '../store/pathKind.ts';
import { readMember, zipMembers } from '../store/zip.ts';
import { checkSpikes } from './checkSpikes.ts';

const MAX_SEGMENTS = 1000;

/** A sorting in one .npz, as SpikeInterface's NpzSortingExtractor writes (ground truths often come so). */
export const spikeinterfaceNpz: SortingFormat = {
  name: 'spikeinterface_npz',
  label: 'SpikeInterface .npz sorting',
  help: 'A sorting in one .npz file, as SpikeInterface wrote before it had folders.',

  async matches(path) {
    return fileOf(path) !== undefined;
  },

  async open(path): Promise<OpenedSorting> {
    const file = fileOf(path);
    if (file === undefined)
      throw new UserError(`${path} is no .npz sorting`, {
        path,
        hint: 'Choose a file written by NpzSortingExtractor.',
      });
    const arrays = readArrays(file);
    const samplingFrequency = numbers(arrays, 'sampling_frequency', file)[0] ?? 0;
    if (!(samplingFrequency > 0) || !Number.isFinite(samplingFrequency))
      throw new UserError(`${file}: the sampling frequency is ${samplingFrequency}`, { path: file });
    const count = numbers(arrays, 'num_segment', file)[0] ?? 1;
    if (!(Number.isInteger(count) && count >= 1 && count <= MAX_SEGMENTS))
      throw new UserError(`${file}: it says ${count} segments`, { path: file });
    const ids = arrays.get('unit_ids');
    const unitIds: readonly UnitId[] =
      ids?.kind === 'strings' ? ids.data : Array.from(numbers(arrays, 'unit_ids', file));
    const place = new Map(unitIds.map((id, i) => [id, i]));
    if (place.size !== unitIds.length) throw new UserError(`${file} has a unit twice`, { path: file });

    const segments = Array.from({ length: count }, (_, segment) => {
      const sampleIndex = numbers(arrays, `spike_indexes_seg${segment}`, file);
      const key = `spike_labels_seg${segment}`;
      const labels = arrays.get(key);
      const ofSpike: readonly UnitId[] =
        labels?.kind === 'strings' ? labels.data : Array.from(numbers(arrays, key, file));
      if (ofSpike.length !== sampleIndex.length)
        throw new UserError(`${file}: ${ofSpike.length} labels for ${sampleIndex.length} spikes`, { path: file });
      const unitIndex = Int32Array.from(ofSpike, (id) => place.get(id) ?? -1);
      return checkSpikes({ path: file, sampleIndex, unitIndex, units: unitIds.length });
    });
    return { sorting: { samplingFrequency, unitIds, segments, properties: {} }, columns: {}, warnings: [] };
  },
};

function fileOf(path: string): string | undefined {
  if (isFile(path)) return extname(path).toLowerCase() === '.npz' && isSorting(path) ? path : undefined;
  const cached = join(path, 'sorting_cached.npz');
  return isFile(cached) ? cached : undefined;
}

function isSorting(path: string): boolean {
  let source: ByteSource | undefined;
  try {
    source = openFile(path);
    return zipMembers(source).some((member) => member.name === 'spike_indexes_seg0.npy');
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  } finally {
    source?.close();
  }
}

function readArrays(path: string): ReadonlyMap<string, NpyArray> {
  const source = openFile(path);
  try {
    const arrays = new Map<string, NpyArray>();
    for (const member of zipMembers(source)) {
      if (!/^(unit_ids|num_segment|sampling_frequency|spike_(indexes|labels)_seg\d+)\.npy$/.test(member.name)) continue;
      arrays.set(member.name.slice(0, -4), parseNpy(fromBytes(`${path}/${member.name}`, readMember(source, member))));
    }
    return arrays;
  } finally {
    source.close();
  }
}

function numbers(arrays: ReadonlyMap<string, NpyArray>, key: string, path: string) {
  const array = arrays.get(key);
  if (array?.kind !== 'numbers')
    throw new UserError(`${path} has no array ${key} of numbers`, {
      path,
      hint: 'Was it written by NpzSortingExtractor?',
    });
  return array.data;
}
