import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { NpyInput } from '../store/npy.ts';
import { encodeNpy } from '../store/npyEncode.ts';
import { oddFolder, removeOddFolders } from './samples.ts';
import { spikeinterfaceNpz } from './spikeinterfaceNpz.ts';

afterAll(removeOddFolders);

/** A zip as numpy.savez (stored) or savez_compressed (deflated) makes it. */
function npz(arrays: Readonly<Record<string, NpyInput>>, deflate: boolean, lie = 0): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, array] of Object.entries(arrays)) {
    const bytes = Buffer.concat(encodeNpy(array));
    const packed = deflate ? deflateRawSync(bytes) : bytes;
    const file = Buffer.from(`${name}.npy`);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(deflate ? 8 : 0, 8);
    header.writeUInt16LE(file.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflate ? 8 : 0, 10);
    entry.writeUInt32LE(typeof crc32 === 'function' ? crc32(bytes) : 0, 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(bytes.length + lie, 24);
    entry.writeUInt16LE(file.length, 28);
    entry.writeUInt32LE(at, 42);
    pieces.push(header, file, packed);
    directory.push(entry, file);
    at += 30 + file.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(arrays).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}

const arrays = (ids: NpyInput, labels: NpyInput): Readonly<Record<string, NpyInput>> => ({
  unit_ids: ids,
  num_segment: { dtype: '<i8', shape: [1], data: [1] },
  sampling_frequency: { dtype: '<f8', shape: [1], data: [1000] },
  spike_indexes_seg0: { dtype: '<i8', shape: [3], data: [5, 7, 9] },
  spike_labels_seg0: labels,
});
const numbers = arrays({ dtype: '<i8', shape: [2], data: [10, 20] }, { dtype: '<i8', shape: [3], data: [20, 10, 20] });
const words = arrays(
  { dtype: '<U', shape: [2], data: ['a', 'bc'] },
  { dtype: '<U', shape: [3], data: ['bc', 'a', 'bc'] },
);

test.each([[false], [true]])('stored or deflated (%s), integer or text ids', async (deflate) => {
  for (const [content, unitIds] of [
    [numbers, [10, 20]],
    [words, ['a', 'bc']],
  ] as const) {
    const path = join(oddFolder(), 'sorting.npz');
    writeFileSync(path, npz(content, deflate));
    expect(await spikeinterfaceNpz.matches(path)).toBe(true);
    const { sorting } = await spikeinterfaceNpz.open(path);
    expect(sorting).toMatchObject({
      samplingFrequency: 1000,
      unitIds,
      segments: [{ sampleIndex: Float64Array.of(5, 7, 9), unitIndex: Int32Array.of(1, 0, 1) }],
    });
  }
});

test('sizes that lie, cut files, unknown labels', async () => {
  const path = join(oddFolder(), 'sorting.npz');
  writeFileSync(path, npz(numbers, true, 10_000_000));
  await expect(spikeinterfaceNpz.open(path)).rejects.toThrow('says an impossible size');
  writeFileSync(path, npz(numbers, true, -8));
  await expect(spikeinterfaceNpz.open(path)).rejects.toThrow('cannot be unpacked');
  writeFileSync(path, npz({ ...numbers, spike_labels_seg0: { dtype: '<i8', shape: [3], data: [20, 30, 20] } }, false));
  await expect(spikeinterfaceNpz.open(path)).rejects.toThrow('of unit number -1');
  writeFileSync(path, npz(numbers, false));
  truncateSync(path, readFileSync(path).length - 30);
  expect(await spikeinterfaceNpz.matches(path)).toBe(false);
  await expect(spikeinterfaceNpz.open(path)).rejects.toThrow('is no .npz sorting');
});
