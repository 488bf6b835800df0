import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { png } from './png.ts';

/** Chunks of a PNG by name; throws where a check sum is wrong. */
function chunks(file: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const size = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + size);
    if (crc32(body) !== file.readUInt32BE(at + 8 + size)) throw new Error('wrong check sum');
    found.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + size;
  }
  return found;
}

test.each([
  [3, 2],
  [1, 1],
  [190, 200],
])('%i x %i colours come back, row by row from the upper left', (width, height) => {
  const colors = Uint8Array.from({ length: 4 * width * height }, (_, i) => (i * 7919) >> 3);
  const found = chunks(Buffer.from(png(colors, width, height)));
  expect([...found.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  expect(found.get('IHDR')).toEqual(Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 6, 0, 0, 0]));
  const rows = inflateSync(found.get('IDAT') ?? ''); // checks the stream's own sum
  expect(rows.length).toBe(height * (4 * width + 1));
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (4 * width + 1), (y + 1) * (4 * width + 1));
    expect(row[0]).toBe(0);
    expect(row.subarray(1)).toEqual(Buffer.from(colors.subarray(4 * y * width, 4 * (y + 1) * width)));
  }
});
