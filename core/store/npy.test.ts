import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { oddFolder, removeOddFolders } from '../formats/samples.ts';
import { type NpyInput, readNpy, writeNpy } from './npy.ts';
import { createNpy, openNpyRows } from './npyRows.ts';

afterAll(removeOddFolders);

const folder = oddFolder();
let count = 0;
const fresh = () => join(folder, `a${count++}.npy`);

async function roundTrip(array: NpyInput) {
  const path = fresh();
  await writeNpy(path, array);
  return readNpy(path);
}

/** A file with this header text and these data bytes. */
function handmade(header: string, data = new Uint8Array(), version = 1): string {
  const path = fresh();
  const text = new TextEncoder().encode(header);
  const start = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  writeFileSync(
    path,
    Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([version, 0, ...start]), text, data]),
  );
  return path;
}

test('what is written is read back: numbers of each type, int64 as float64', async () => {
  for (const [dtype, data] of [
    ['|i1', [-128, 127]],
    ['|u1', [0, 255]],
    ['<i2', [-32768, 32767]],
    ['>i2', [-2, 300]],
    ['<u4', [0, 4294967295]],
    ['<i8', [-(2 ** 40), 2 ** 53 - 1]],
    ['<u8', [0, 2 ** 52]],
    ['<f4', [0.5, -2]],
    ['<f8', [Math.PI, Number.NaN]],
  ] as const) {
    const array = await roundTrip({ dtype, shape: [2], data: [...data] });
    expect(array).toMatchObject({ kind: 'numbers', dtype, shape: [2] });
    expect(Array.from(array.data as Float64Array)).toEqual(data);
  }
});

test('bool, text of any plane, and structures', async () => {
  expect(await roundTrip({ dtype: '|b1', shape: [3], data: [true, false, true] })).toMatchObject({
    data: Uint8Array.of(1, 0, 1),
  });
  const text = await roundTrip({ dtype: '<U', shape: [2, 2], data: ['a', 'größe 𝄞', '', 'x'] });
  expect(text).toMatchObject({ kind: 'strings', dtype: '<U7', shape: [2, 2], data: ['a', 'größe 𝄞', '', 'x'] });
  const fields = [
    { name: 'sample_index', dtype: '<i8' },
    { name: 'x', dtype: '<f4' },
    { name: 'name', dtype: '<U' },
  ];
  const records = await roundTrip({
    fields,
    shape: [2],
    data: { sample_index: [5, -7], x: [0.5, 1], name: ['a', 'bcd'] },
  });
  expect(records.kind === 'records' && { ...records.data }).toEqual({
    sample_index: Float64Array.of(5, -7),
    x: Float32Array.of(0.5, 1),
    name: ['a', 'bcd'],
  });
});

test('Fortran order is turned to C order', async () => {
  const data = new Uint8Array(Float32Array.of(1, 4, 2, 5, 3, 6).buffer);
  const path = handmade("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }\n", data);
  expect(await readNpy(path)).toMatchObject({ fortran: true, data: Float32Array.of(1, 2, 3, 4, 5, 6) });
});

test('headers of version 2 and of Python 2', async () => {
  const data = new Uint8Array(Int16Array.of(7).buffer);
  expect(await readNpy(handmade("{'descr': '<i2', 'fortran_order': False, 'shape': (1L,)}", data, 2))).toMatchObject({
    data: Int16Array.of(7),
  });
});

test('a number too large for the type, or of a wrong shape, is not written', async () => {
  await expect(writeNpy(fresh(), { dtype: '<i2', shape: [1], data: [40_000] })).rejects.toThrow(
    '40000 does not fit into <i2',
  );
  await expect(writeNpy(fresh(), { dtype: '<i8', shape: [1], data: [Number.NaN] })).rejects.toThrow('NaN does not fit');
  await expect(writeNpy(fresh(), { dtype: '<i2', shape: [3], data: [1] })).rejects.toThrow(
    '1 elements, the shape says 3',
  );
});

test('objects are never unpickled', async () => {
  const path = handmade("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", Buffer.from('(lp0'));
  await expect(readNpy(path)).rejects.toMatchObject({
    name: 'UserError',
    path,
    message: expect.stringContaining('never unpickled'),
  });
  const inside = handmade(
    "{'descr': [('a', '<i8'), ('b', 'O')], 'fortran_order': False, 'shape': (1,), }",
    new Uint8Array(16),
  );
  await expect(readNpy(inside)).rejects.toThrow(`${inside} holds Python objects`);
});

test('a cut file, trailing bytes and impossible shapes are told before anything is allocated', async () => {
  const path = fresh();
  await writeNpy(path, { shape: [1000], data: new Float64Array(1000) });
  truncateSync(path, 4000);
  await expect(readNpy(path)).rejects.toThrow(
    `${path} is cut: its header tells of 8000 bytes of data (1000), the file has 3872`,
  );
  writeFileSync(path, Buffer.concat([readFileSync(path), new Uint8Array(9000)]));
  await expect(readNpy(path)).rejects.toThrow('is longer than it says');
  for (const shape of ['(9007199254740991, 9007199254740991, 9007199254740991)', '(4294967296, 4294967296)']) {
    const huge = handmade(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`, new Uint8Array(8));
    await expect(readNpy(huge)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('is cut'),
    });
  }
  for (const shape of ['(-1,)', '(1.5,)', '(99999999999999999999,)', "('a',)", 'None'])
    await expect(
      readNpy(handmade(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}}`, new Uint8Array(8))),
    ).rejects.toThrow('its shape is not a list of sizes');
});

test('long, foreign and damaged headers', async () => {
  const long = handmade(
    `{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }${' '.repeat(10_000)}`,
    new Uint8Array(8),
  );
  await expect(readNpy(long)).rejects.toThrow('its header has 10057 bytes (at most 10000)');
  const code = handmade("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': print(1)}");
  await expect(readNpy(code)).rejects.toThrow('its header is not understood');
  const other = fresh();
  writeFileSync(other, 'hello world, this is text');
  await expect(readNpy(other)).rejects.toThrow(`${other} is not a readable .npy file: it does not begin with`);
  await expect(readNpy(join(folder, 'none.npy'))).rejects.toThrow('there is no such file or folder');
});

test('an integer beyond 2^53 is an error, not another number', async () => {
  const data = new Uint8Array(BigInt64Array.of(5n, 2n ** 60n).buffer);
  const path = handmade("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", data);
  await expect(readNpy(path)).rejects.toThrow(`${path}: element 1 is beyond 2^53`);
});

test('rows are written in any order and read back', async () => {
  const path = fresh();
  await createNpy(path, '<f4', [4, 3]);
  const rows = openNpyRows(path);
  rows.writeRows(2, Float32Array.of(7, 8, 9, 10, 11, 12));
  rows.writeRows(0, Float32Array.of(1, 2, 3));
  expect(rows.readRows(1, 2)).toEqual(Float32Array.of(0, 0, 0, 7, 8, 9));
  expect(() => rows.writeRows(3, new Float32Array(6))).toThrow('rows 3 to 5 of 4');
  expect(() => rows.writeRows(0, new Float32Array(4))).toThrow('no whole rows');
  rows.close();
  expect(await readNpy(path)).toMatchObject({
    shape: [4, 3],
    data: Float32Array.of(1, 2, 3, 0, 0, 0, 7, 8, 9, 10, 11, 12),
  });
});
