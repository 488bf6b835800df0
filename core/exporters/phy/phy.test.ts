import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from '../../shared/curatedUnits.ts';
import { replay } from '../../shared/curation.ts';
import type { Sorting } from '../../shared/sorting.ts';
import { clusterIds } from './clusterIds.ts';
import { paramsFile } from './paramsFile.ts';
import { phyChannels } from './positions.ts';
import { phySpikes } from './spikes.ts';
import { writeTables } from './tables.ts';
import { cosineSimilarity, padded, sparseTemplates } from './templates.ts';

const sorting: Sorting = {
  samplingFrequency: 1000,
  unitIds: [3, 5, 9],
  segments: [
    { sampleIndex: Float64Array.of(1, 4, 4, 8), unitIndex: Int32Array.of(0, 1, 2, 0) },
    { sampleIndex: Float64Array.of(0, 2 ** 33), unitIndex: Int32Array.of(2, 1) },
  ],
  properties: {},
};
const initial = [3, 5, 9].map((unitId) => ({ unitId, numSpikes: 2 }));

test('a merge moves clusters, never templates; segments lie end to end; removed units are left out', () => {
  const { units } = replay(initial, [
    { type: 'merge', unitIds: [3, 9], into: 10 },
    { type: 'remove', unitIds: [5] },
  ]);
  const inForce = [...units.inForce.values()];
  const spikes = phySpikes(sorting, inForce, [10, 20]);
  expect([...spikes.times]).toEqual([1, 4, 8, 10]);
  expect([...spikes.templates]).toEqual([0, 2, 0, 2]);
  expect([...spikes.units].map((u) => inForce[u]!.unitId)).toEqual([10, 10, 10, 10]);
  expect([...spikes.rows]).toEqual([0, 2, 3, 4]);
});

test('frames past 2^31 stay exact', () => {
  const spikes = phySpikes(sorting, [...start(initial).inForce.values()], [2 ** 40, 2 ** 34]);
  expect(spikes.times.at(-1)).toBe(2 ** 40 + 2 ** 33);
});

test('cluster ids are the unit ids where phy can have them', () => {
  expect([...clusterIds([7, 3]).ids]).toEqual([7, 3]);
  expect([...clusterIds(['#7', '#3']).ids]).toEqual([0, 1]);
  expect([...clusterIds([-1, 3]).ids]).toEqual([0, 1]);
  expect(clusterIds([2 ** 31, 3]).kept).toBe(false);
});

test('templates are on their own channels, largest first, -1 where there is none', () => {
  // 2 units, 2 samples, 3 channels
  const dense = Float32Array.of(0, 1, 5, 0, -1, -5, 2, 0, 0, -2, 0, 0);
  const mask = Uint8Array.of(0, 1, 1, 1, 0, 0);
  const { data, channels, columns } = sparseTemplates(dense, mask, [2, 2, 3]);
  expect(columns).toBe(2);
  expect([...channels]).toEqual([2, 1, 0, -1]);
  expect([...data]).toEqual([5, 1, -5, -1, 2, 0, -2, 0]);
});

test('a lone template gets an empty second one, as phylib squeezes', () => {
  const { units, channels } = sparseTemplates(Float32Array.of(1, -1), Uint8Array.of(1), [1, 2, 1]);
  expect(units).toBe(2);
  expect([...channels]).toEqual([0, -1]);
  expect([...padded([1], 1, 2)]).toEqual([1, 0, 0, 1]);
});

test('cosine of templates', () => {
  const similarity = cosineSimilarity(Float32Array.of(1, 0, 1, 1, 0, 0), 3);
  expect(similarity[1]).toBeCloseTo(Math.SQRT1_2);
  expect([...similarity].filter((v) => v === 0)).toHaveLength(4);
});

test('no two channels at one place; shanks are numbers', () => {
  const layout = {
    x: Float64Array.of(0, 0, 0, 1),
    y: Float64Array.of(5, 5, 5, 5),
    probe: Int32Array.of(0, 0, 1, 1),
    shank: ['a', 'a', 'a', 'b'],
    contactId: ['', '', '', ''],
  };
  const { positions, shanks, moved } = phyChannels(layout);
  const places = [0, 1, 2, 3].map((c) => `${positions[2 * c]},${positions[2 * c + 1]}`);
  expect(new Set(places).size).toBe(4);
  expect(moved).toBe(3);
  expect([...shanks]).toEqual([0, 0, 1, 2]);
  expect([...phyChannels({ ...layout, probe: new Int32Array(4), shank: ['2', '0', '2', '1'] }).shanks]).toEqual([
    2, 0, 2, 1,
  ]);
});

test('tables: labels and metrics, nothing for units without spikes or numbers not known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'phy-'));
  const { units } = replay(
    [...initial.slice(0, 2), { unitId: 9, numSpikes: 0 }],
    [
      { type: 'label', unitIds: [3], key: 'group', values: ['good'] },
      { type: 'label', unitIds: [5], key: 'quality', values: ['say "so"'] },
    ],
  );
  const column = (name: string, values: Float64Array) => ({ name, label: name, unit: '', help: '', values });
  const table = {
    unitIds: [3, 5, 9],
    columns: [column('snr', Float64Array.of(4.5, Number.NaN, 1)), column('sync/4', Float64Array.of(1, 2, 3))],
  };
  await writeTables(folder, [...units.inForce.values()], Int32Array.of(3, 5, 9), table, true);
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  expect(await text('cluster_group.tsv')).toBe('cluster_id\tgroup\n3\tgood\n5\tunsorted\n');
  expect(await text('cluster_snr.tsv')).toBe('cluster_id\tsnr\n3\t4.5\n');
  expect(await text('cluster_quality.tsv')).toBe('cluster_id\tquality\n5\t"say ""so"""\n');
  expect(await readdir(folder)).toContain('cluster_sync%2F4.tsv');
  await rm(folder, { recursive: true });
});

test('params.py is literals, whatever the path', () => {
  const text = paramsFile({
    datPaths: ["C:\\a'b\n.dat"],
    channels: 4,
    dtype: 'int16',
    offset: 0,
    sampleRate: 15000,
    filtered: true,
  });
  expect(text.split('\n')[0]).toBe("dat_path = 'C:\\\\a\\'b\\x0a.dat'");
  expect(text).toContain('sample_rate = 15000.0\n');
});
