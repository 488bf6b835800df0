import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders, writePhy } from '../formats/samples.ts';
import { writeNpy } from '../store/npy.ts';
import { openUnits } from './openUnits.ts';

afterAll(removeOddFolders);

/** Units 2, 5, 7 of templates 0; 0 and 1; 1. Spikes of one frame are not in order of their clusters. */
async function folderOfThree(): Promise<string> {
  const folder = await writePhy(oddFolder());
  const at = (name: string) => join(folder, name);
  const column = (data: readonly number[]) => ({ dtype: '<i4', shape: [data.length], data });
  await writeNpy(at('spike_times.npy'), { dtype: '<i8', shape: [6], data: [10, 20, 20, 30, 40, 50] });
  await writeNpy(at('spike_clusters.npy'), column([5, 7, 2, 5, 5, 2]));
  await writeNpy(at('spike_templates.npy'), column([0, 1, 0, 1, 1, 0]));
  await writeNpy(at('amplitudes.npy'), { shape: [6, 1], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
  await writeNpy(at('templates.npy'), { shape: [2, 2, 2], data: Float32Array.of(0, 0, -3, 0, 0, 0, -1, 9) });
  await writeNpy(at('channel_positions.npy'), { shape: [2, 2], data: Float64Array.of(0, 0, 0, 20) });
  await writeNpy(at('similar_templates.npy'), { shape: [2, 2], data: Float32Array.of(1, 0.25, 0.5, 1) });
  return folder;
}
const units = [2, 5, 7].map((unitId) => ({ unitId, from: [unitId] }));
const merged = { unitId: 8, from: [2, 7] };
const { signal } = new AbortController();
const open = (path: string) => openUnits({ kind: 'sorting', format: 'phy', path });

test('amplitudes are of the spikes as the files have them', async () => {
  const source = await open(await folderOfThree());
  const { of, unit } = await source.amplitudes();
  expect([0, 1, 2].map((part) => [...of(part)])).toEqual([[3, 6], [1, 4, 5], [2]]);
  expect([0, 1, 2].map((part) => [...source.trains.train(part, 0)])).toEqual([[20, 50], [10, 30, 40], [20]]);
  expect(unit).toBe('raw');
});

test('templates are means over the spikes of a unit, merged ones too', async () => {
  const source = await open(await folderOfThree());
  const { value: five } = await source.waveforms(units.slice(1), 0, signal).next();
  expect([...five!.template]).toEqual([0, 0, -5 / 3, 6].map(Math.fround));
  const [place] = await source.places([merged]);
  expect(place).toMatchObject({ unitId: 8, extremumChannel: 1, x: 0, y: 20 });
  const sparsity = await source.sparsity(units[0]!);
  expect(sparsity).toMatchObject({ extremumChannel: 0, unit: 'raw', rule: expect.stringContaining('5 %') });
  expect([[...sparsity.kept], [...sparsity.distance], [...sparsity.amplitude]]).toEqual([
    [1, 0],
    [0, 20],
    [3, Number.NaN],
  ]);
});

test('similarity is the greatest of any two templates, as in phy; without the file the cosine of the means', async () => {
  const folder = await folderOfThree();
  const similar = async (unit: (typeof units)[number]) => {
    const { values, source } = await (await open(folder)).similarities(unit, units);
    return [[...values].map((value) => Number(value.toFixed(3))), source.split(/[ ;]/)[0]];
  };
  expect(await similar(units[0]!)).toEqual([[1, 1, 0.25], 'similar_templates.npy']);
  expect(await similar(units[2]!)).toEqual([[0.5, 1, 1], 'similar_templates.npy']);
  expect(await similar(merged)).toEqual([[1, 1, 1], 'similar_templates.npy']);
  rmSync(join(folder, 'similar_templates.npy'));
  // (-3, 0), (-5/3, 6), (-1, 9)
  expect(await similar(units[0]!)).toEqual([[1, 0.268, 0.11], 'cosine']);
});

test('the table has main channels, metrics of spikes and the folder’s own numbers', async () => {
  const source = await open(await folderOfThree());
  const { columns } = await source.table([...units, merged], signal);
  const values = (name: string) => [...columns.find((column) => column.name === name)!.values];
  expect(values('main_channel')).toEqual(['0', '1', '1', '1']);
  expect(values('num_spikes')).toEqual([2, 3, 1, 3]);
  expect(values('depth')).toEqual([0, 20, 20, 20]); // not those of the folder's table
});

test('a folder that another program changed is read again; what it lacks is told', async () => {
  const folder = await folderOfThree();
  expect([...(await open(folder)).trains.counts]).toEqual([2, 3, 1]);
  expect(await open(folder)).toBe(await open(folder));
  await writeNpy(join(folder, 'spike_clusters.npy'), { dtype: '<i4', shape: [6], data: [5, 5, 5, 5, 5, 2] });
  const changed = await open(folder);
  expect([...changed.trains.counts]).toEqual([1, 5]);
  expect(() => changed.partsOf(units[2]!)).toThrow(/unit 7 is made of 7, which .* does not have/);
  rmSync(join(folder, 'amplitudes.npy'));
  rmSync(join(folder, 'templates.npy'));
  const bare = await open(folder);
  await expect(bare.amplitudes()).rejects.toMatchObject({
    name: 'UserError',
    hint: expect.stringContaining('Analyze'),
  });
  await expect(bare.sparsity(units[0]!)).rejects.toThrow(/need templates/);
  expect(await bare.places(units)).toEqual([]);
});
