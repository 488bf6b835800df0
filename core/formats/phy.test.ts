import { rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { spikeTrain } from '../shared/sorting.ts';
import { writeNpy } from '../store/npy.ts';
import { binary } from './binary.ts';
import { phy } from './phy.ts';
import { oddFolder, ramp, removeOddFolders, writePhy, writeSamples } from './samples.ts';

afterAll(removeOddFolders);

test('spikes, units, columns with holes, labels', async () => {
  const folder = await writePhy(oddFolder());
  const { sorting, columns, warnings, recording } = await phy.open(folder);
  expect(sorting).toMatchObject({ samplingFrequency: 1000, unitIds: [2, 5, 7] });
  expect([0, 1, 2].map((unit) => Array.from(spikeTrain(sorting, unit, 0)))).toEqual([
    [4, 36],
    [1, 16, 25, 64],
    [9, 49],
  ]);
  expect({ ...columns }).toEqual({ group: ['good', 'mua', 'noise'], depth: [10.5, undefined, 30] });
  expect(sorting.properties).toEqual({
    original_cluster_id: [2, 5, 7],
    quality: ['good', 'mua', 'noise'],
    depth: [10.5, Number.NaN, 30],
  });
  expect(warnings).toEqual([]);
  expect(recording).toBeUndefined();
});

test('is found at the folder, at its params.py and as a sorter’s output', async () => {
  const parent = oddFolder();
  const folder = await writePhy(join(parent, 'sorter_output'));
  for (const path of [parent, folder, join(folder, 'params.py')]) {
    expect(await phy.matches(path)).toBe(true);
    expect((await phy.open(path)).sorting.unitIds).toEqual([2, 5, 7]);
  }
  expect(await phy.matches(oddFolder())).toBe(false);
  unlinkSync(join(folder, 'spike_clusters.npy'));
  expect(await phy.matches(folder)).toBe(false);
  await writeNpy(join(folder, 'spike_templates.npy'), { dtype: '<u4', shape: [8, 1], data: [0, 0, 1, 1, 0, 0, 1, 1] });
  expect((await phy.open(folder)).sorting.unitIds).toEqual([0, 1]);
});

test('the raw file with its channel map, places and shanks; a sync channel is left out', async () => {
  const params =
    "dat_path = 'raw data.dat'\nn_channels_dat = 4\ndtype = 'int16'\noffset = 8\nsample_rate = 1000.\nhp_filtered = True\n";
  const folder = await writePhy(oddFolder(), params);
  writeSamples(join(folder, 'raw data.dat'), ramp(101, 4));
  await writeNpy(join(folder, 'channel_map.npy'), { dtype: '<i4', shape: [1, 3], data: [2, 0, 1] });
  await writeNpy(join(folder, 'channel_positions.npy'), { shape: [3, 2], data: Float64Array.of(0, 0, 0, 20, 30, 0) });
  await writeNpy(join(folder, 'channel_shanks.npy'), { shape: [3], data: Float32Array.of(0, 0, 1) });
  const { recording: spec, warnings } = await phy.open(folder);
  expect(warnings).toEqual([]);
  const recording = await binary.open(spec!);
  expect(recording.info).toMatchObject({
    samplingFrequency: 1000,
    numFrames: [100],
    channelIds: [2, 0, 1],
    isFiltered: true,
    probe: {
      probes: [
        {
          contact_positions: [
            [0, 0],
            [0, 20],
            [30, 0],
          ],
          shank_ids: ['0', '0', '1'],
          device_channel_indices: [0, 1, 2],
        },
      ],
    },
  });
  expect(recording.info).not.toHaveProperty('gainToUv');
  expect(await recording.read(0, 0, 1)).toEqual(Float32Array.of(12, 10, 11));
  recording.close();
});

test('a moved raw file is found by its name, a missing one is a warning, one on another machine is not asked for', async () => {
  const settings = "n_channels_dat = 4\ndtype = 'int16'\noffset = 0\nsample_rate = 1000.\n";
  const folder = await writePhy(oddFolder(), `dat_path = r'D:\\data\\raw.dat'\n${settings}`);
  expect((await phy.open(folder)).warnings[0]).toContain('were not found');
  writeSamples(join(folder, 'raw.dat'), ramp(100, 4));
  expect((await phy.open(folder)).recording?.paths).toEqual([join(folder, 'raw.dat')]);
  writeFileSync(join(folder, 'params.py'), `dat_path = ['a.dat', 'b.dat']\n${settings}`);
  expect(await phy.open(folder)).toMatchObject({ warnings: [expect.stringContaining('several files')] });
});

test('a dat_path longer than any name is a warning, not a crash', async () => {
  const folder = await writePhy(oddFolder(), `dat_path = '${'x'.repeat(5000)}'\nsample_rate = 1000.\n`);
  expect((await phy.open(folder)).warnings[0]).toContain('were not found');
});

test('spikes past the end of the raw file', async () => {
  const folder = await writePhy(
    oddFolder(),
    "dat_path = 'r.dat'\nn_channels_dat = 2\ndtype = 'int16'\noffset = 0\nsample_rate = 1000.\n",
  );
  writeSamples(join(folder, 'r.dat'), ramp(64, 2));
  await expect(phy.open(folder)).rejects.toMatchObject({
    name: 'UserError',
    path: join(folder, 'spike_times.npy'),
    message: expect.stringContaining('spike 7 is at 64, past the end of the recording (64 frames)'),
  });
});

test('unsorted, negative, fractional and too few spikes are errors', async () => {
  const folder = await writePhy(oddFolder());
  const times = join(folder, 'spike_times.npy');
  await writeNpy(times, { dtype: '<i8', shape: [8], data: [9, 4, 1, 16, 25, 36, 49, 64] });
  await expect(phy.open(folder)).rejects.toThrow(
    `${times}: spike 1 is at 4, before the spike before it (9): the spikes are not in order of time`,
  );
  await writeNpy(times, { dtype: '<i8', shape: [8], data: [-1, 4, 9, 16, 25, 36, 49, 64] });
  await expect(phy.open(folder)).rejects.toThrow(`${times}: spike 0 is at -1, before the start`);
  await writeNpy(times, { shape: [8], data: Float64Array.of(1.5, 4, 9, 16, 25, 36, 49, 64) });
  await expect(phy.open(folder)).rejects.toThrow('spike 0 is at 1.5, not a sample index');
  await writeNpy(times, { dtype: '<i8', shape: [7], data: [1, 4, 9, 16, 25, 36, 49] });
  await expect(phy.open(folder)).rejects.toThrow('has 8 spikes');
  truncateSync(times, 150);
  await expect(phy.open(folder)).rejects.toThrow(`${times} is cut`);
});

test('missing params.py or sampling rate, negative clusters', async () => {
  const folder = await writePhy(oddFolder(), 'sample_rate = 0\n');
  await expect(phy.open(folder)).rejects.toThrow('sample_rate is not a positive number');
  rmSync(join(folder, 'params.py'));
  await expect(phy.open(folder)).rejects.toMatchObject({ name: 'UserError', path: join(folder, 'params.py') });
  await writePhy(folder);
  await writeNpy(join(folder, 'spike_clusters.npy'), { dtype: '<i4', shape: [8], data: [-5, 2, 7, 5, 5, 2, 7, 5] });
  await expect(phy.open(folder)).rejects.toThrow('no whole number or is negative');
});

test('ids kept through an export to phy come back; clusters made since are new', async () => {
  const folder = await writePhy(oddFolder());
  writeFileSync(join(folder, 'cluster_si_unit_ids.tsv'), 'cluster_id\tsi_unit_id\n2\t40\n5\t41\n7\t\n');
  expect((await phy.open(folder)).sorting.unitIds).toEqual([40, 41, 42]);
  writeFileSync(join(folder, 'cluster_si_unit_ids.tsv'), 'cluster_id\tsi_unit_id\n2\tgamma\n5\t7\n7\t\n');
  expect((await phy.open(folder)).sorting.unitIds).toEqual(['gamma', '7', '7_']);
});

test('clusters without spikes are left out, and told', async () => {
  const folder = await writePhy(oddFolder());
  writeFileSync(join(folder, 'cluster_group.tsv'), 'cluster_id\tgroup\n1\tgood\n2\tgood\n5\tmua\n7\tnoise\n');
  expect((await phy.open(folder)).warnings).toEqual(['1 clusters of the tables have no spikes and are left out.']);
});
