import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from '../formats/samples.ts';
import { writeNpy } from '../store/npy.ts';
import { readPhyTemplates } from './phyTemplateFile.ts';

afterAll(removeOddFolders);

/** [2 templates][3 samples][4 channels]; the first has a channel of half a percent, the second is nothing. */
const dense = Float32Array.of(0, 1, 0, 0, -100, 20, 0, 0.5, 0, 0, 0, 0, ...new Array<number>(12).fill(0));
const shape = [2, 3, 4];

test('dense templates on the channels where they are something', async () => {
  const folder = oddFolder();
  await writeNpy(join(folder, 'templates.npy'), { shape, data: dense });
  const file = await readPhyTemplates(folder, undefined);
  expect(file).toMatchObject({ samples: 3, channels: 4, nbefore: 1, chosen: false });
  expect(file.templates).toEqual([
    { channels: Int32Array.of(0, 1), data: Float32Array.of(0, 1, -100, 20, 0, 0) },
    { channels: new Int32Array(), data: new Float32Array() },
  ]);
});

test('in Fortran order, as MATLAB writes them', async () => {
  const [folder, other] = [oddFolder(), oddFolder()];
  const columnMajor = Float32Array.from(dense, (_, i) => dense[(i % 2) * 12 + ((i >> 1) % 3) * 4 + Math.floor(i / 6)]!);
  await writeNpy(join(folder, 'templates.npy'), { shape, data: dense });
  await writeNpy(join(other, 'templates.npy'), { shape, data: columnMajor });
  const bytes = readFileSync(join(other, 'templates.npy'), 'latin1');
  writeFileSync(join(other, 'templates.npy'), bytes.replace('False,', 'True, '), 'latin1');
  expect(await readPhyTemplates(other, undefined)).toEqual(await readPhyTemplates(folder, undefined));
});

test('on the channels that template_ind.npy chooses, however small; -1 is none', async () => {
  const folder = oddFolder();
  await writeNpy(join(folder, 'templates.npy'), {
    shape: [1, 2, 3],
    data: Float32Array.of(9, -800, 7, 0, 1, 7),
  });
  await writeNpy(join(folder, 'template_ind.npy'), { dtype: '<i8', shape: [1, 3], data: [6, 2, -1] });
  expect(await readPhyTemplates(folder, 8)).toMatchObject({
    channels: 8,
    nbefore: 0,
    chosen: true,
    templates: [{ channels: Int32Array.of(2, 6), data: Float32Array.of(-800, 9, 1, 0) }],
  });
});

test('whitened templates are unwhitened', async () => {
  const folder = oddFolder();
  await writeNpy(join(folder, 'templates.npy'), { shape: [1, 2, 2], data: Float32Array.of(0, 0, 3, 4) });
  await writeNpy(join(folder, 'whitening_mat_inv.npy'), { shape: [2, 2], data: Float64Array.of(10, 1, 0, 100) });
  const { templates } = await readPhyTemplates(folder, undefined);
  expect(templates).toEqual([{ channels: Int32Array.of(0, 1), data: Float32Array.of(0, 0, 30, 403) }]);
});
