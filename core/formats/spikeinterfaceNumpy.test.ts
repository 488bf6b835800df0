import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Sorting } from '../shared/sorting.ts';
import { writeNpy } from '../store/npy.ts';
import { writeSiSorting } from '../store/siSorting.ts';
import { oddFolder, removeOddFolders, writeSiSpikes } from './samples.ts';
import { spikeinterfaceNumpy } from './spikeinterfaceNumpy.ts';

afterAll(removeOddFolders);

test('ids, segments, properties', async () => {
  const folder = await writeSiSpikes(oddFolder());
  const { sorting, warnings } = await spikeinterfaceNumpy.open(folder);
  expect(sorting).toMatchObject({
    samplingFrequency: 1000,
    unitIds: ['x', 'y'],
    segments: [
      { sampleIndex: Float64Array.of(3, 8, 8), unitIndex: Int32Array.of(1, 0, 1) },
      { sampleIndex: Float64Array.of(2, 9), unitIndex: Int32Array.of(0, 1) },
    ],
  });
  expect(warnings).toEqual([]);
});

test('is found in an analyzer folder and at a file of its own', async () => {
  const analyzer = oddFolder();
  const folder = await writeSiSpikes(join(analyzer, 'sorting'));
  for (const path of [analyzer, folder, join(folder, 'spikes.npy')])
    expect(await spikeinterfaceNumpy.matches(path)).toBe(true);
  expect(await spikeinterfaceNumpy.matches(oddFolder())).toBe(false);
});

test('what is written reads back: integer and text ids, properties of each kind, columns with holes', async () => {
  for (const unitIds of [
    [3, 1, 2],
    ['b', 'a', 'größe'],
  ]) {
    const folder = join(oddFolder(), 'sorting');
    const sorting: Sorting = {
      samplingFrequency: 30_000,
      unitIds,
      segments: [
        { sampleIndex: Float64Array.of(0, 2 ** 40), unitIndex: Int32Array.of(2, 0) },
        { sampleIndex: new Float64Array(), unitIndex: new Int32Array() },
      ],
      properties: { quality: ['good', 'mua', ''], snr: [1.5, Number.NaN, 2], n: [1, 2, 3], keep: [true, false, true] },
    };
    await writeSiSorting(folder, sorting, { note: [undefined, 'x', 'y'], depth: [1, undefined, 3] });
    const read = await spikeinterfaceNumpy.open(folder);
    expect(read.sorting).toMatchObject({ ...sorting, properties: {} });
    expect({ ...read.sorting.properties }).toEqual({
      ...sorting.properties,
      note: ['', 'x', 'y'],
      depth: [1, Number.NaN, 3],
    });
    await writeSiSorting(folder, { ...sorting, properties: { other: [1, 2, 3] } });
    expect(Object.keys((await spikeinterfaceNumpy.open(folder)).sorting.properties)).toEqual(['other']);
  }
});

test.each([
  [{ unit_index: [2, 0, 1, 0, 1] }, 'of unit number 2, of 2 units'],
  [{ segment_index: [0, 0, 0, 1, 2] }, 'names segment 2, there are 2'],
  [{ segment_index: [-1, 0, 0, 1, 1] }, 'names segment -1'],
  [{ sample_index: [-3, 8, 8, 2, 9] }, 'spike 0 is at -3, before the start'],
])('%j is told', async (change, message) => {
  const folder = await writeSiSpikes(oddFolder());
  const path = join(folder, 'spikes.npy');
  const data = {
    sample_index: [3, 8, 8, 2, 9],
    unit_index: [1, 0, 1, 0, 1],
    segment_index: [0, 0, 0, 1, 1],
    ...change,
  };
  await writeNpy(path, { fields: Object.keys(data).map((name) => ({ name, dtype: '<i8' })), shape: [5], data });
  await expect(spikeinterfaceNumpy.open(folder)).rejects.toMatchObject({
    name: 'UserError',
    path,
    message: expect.stringContaining(message),
  });
});

test('unsorted spikes and a wrong description are named', async () => {
  const folder = await writeSiSpikes(oddFolder());
  const data = { sample_index: [8, 3, 8, 2, 9], unit_index: [1, 0, 0, 0, 1], segment_index: [0, 0, 0, 1, 1] };
  await writeNpy(join(folder, 'spikes.npy'), {
    fields: Object.keys(data).map((name) => ({ name, dtype: '<i8' })),
    shape: [5],
    data,
  });
  await expect(spikeinterfaceNumpy.open(folder)).rejects.toThrow('spike 1 is at 3, before the spike before it (8)');
  for (const info of [
    '{}',
    '{"sampling_frequency": 1, "unit_ids": [1, "a"], "num_segments": 1}',
    '{"sampling_frequency": 1, "unit_ids": [], "num_segments": 1000000000}',
  ]) {
    writeFileSync(join(folder, 'numpysorting_info.json'), info);
    await expect(spikeinterfaceNumpy.open(folder)).rejects.toThrow('numpysorting_info.json is not understood');
  }
  await writeNpy(join(folder, 'spikes.npy'), { shape: [1], data: Float64Array.of(1) });
  writeFileSync(
    join(folder, 'numpysorting_info.json'),
    '{"sampling_frequency": 1, "unit_ids": [1], "num_segments": 1}',
  );
  await expect(spikeinterfaceNumpy.open(folder)).rejects.toThrow('has no column sample_index');
});
