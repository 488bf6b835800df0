import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeNpy } from '../store/npy.ts';
import { formats, sortingFormats } from './index.ts';
import {
  oddFolder,
  ramp,
  removeOddFolders,
  snapshot,
  writeGlx,
  writePhy,
  writeSamples,
  writeSiFolder,
  writeSiSpikes,
} from './samples.ts';

afterAll(removeOddFolders);

test('finding, opening and reading changes no byte, adds no file, touches no time; paths with space, quote, #, umlaut', async () => {
  const folder = oddFolder();
  writeSamples(join(folder, 'flat.raw'), ramp(100, 4));
  writeGlx(join(folder, 'glx'), 'run_g0_t0.imec0.ap', 20, 4);
  await writeSiFolder(join(folder, 'si'));
  await writeSiSpikes(join(folder, 'sorting'));
  await writePhy(
    join(folder, 'phy'),
    "dat_path = '../flat.raw'\nn_channels_dat = 4\ndtype = 'int16'\noffset = 0\nsample_rate = 1000.\n",
  );
  await writeNpy(join(folder, 'phy', 'whitening_mat.npy'), { shape: [4, 4], data: new Float64Array(16) });
  const before = snapshot(folder);
  const seen: string[] = [];
  for (const path of [folder, ...['flat.raw', 'glx', 'si', 'sorting', 'phy'].map((name) => join(folder, name))]) {
    for (const format of formats)
      for (const { spec } of await format.find(path)) {
        const recording = await format.open(spec);
        await recording.read(0, 0, 20);
        await format.files(spec);
        recording.close();
        seen.push(format.name);
      }
    for (const format of sortingFormats)
      if (await format.matches(path)) {
        await format.open(path);
        seen.push(format.name);
      }
  }
  expect([...new Set(seen)].sort()).toEqual([
    'binary',
    'phy',
    'spikeglx',
    'spikeinterface_binary',
    'spikeinterface_numpy',
  ]);
  expect(snapshot(folder)).toEqual(before);
});

test('every format has a default and a description for each parameter', () => {
  for (const { params, label, help } of formats) {
    expect(params.safeParse({}).success).toBe(true);
    expect(label && help).toBeTruthy();
    for (const field of Object.values(params.shape)) expect(field.meta?.()?.description).toMatch(/\w{3}/);
  }
});
