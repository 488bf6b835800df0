import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { unzip } from './zip.mjs';

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A .zip as other programs write it. entries: `{name, data, mode, stored}`. */
function zipOf(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, data, mode = 0o100644, stored = false } of entries) {
    const packed = stored ? Buffer.from(data) : deflateRawSync(Buffer.from(data));
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(data), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    parts.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(mode * 0x10000, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03'), common, rest, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

function write(name, bytes) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

test('files, modes and links come out; an entry can be renamed or left out', () => {
  const text = 'spike '.repeat(10_000);
  const file = write(
    'good.zip',
    zipOf([
      { name: 'App/', data: '', stored: true },
      { name: 'App/run', data: text, mode: 0o100755 },
      { name: 'App/é/data.txt', data: 'ü', stored: true },
      { name: 'App/link', data: 'run', mode: 0o120777 },
      { name: 'App/unwanted', data: 'x' },
    ]),
  );
  const out = join(folder, 'out');
  unzip(file, out, (name) => (name.endsWith('unwanted') ? undefined : name.replace('App/', '')));
  expect(readFileSync(join(out, 'run'), 'utf8')).toBe(text);
  expect(statSync(join(out, 'run')).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(out, 'é/data.txt'), 'utf8')).toBe('ü');
  expect(readlinkSync(join(out, 'link'))).toBe('run');
  expect(statSync(join(out, 'unwanted'), { throwIfNoEntry: false })).toBeUndefined();
});

test('a cut, damaged or escaping .zip is refused', () => {
  const good = zipOf([{ name: 'a', data: 'some text', stored: true }]);
  const damaged = Buffer.from(good);
  damaged[31 + 2] ^= 1;
  const out = join(folder, 'refused');
  expect(() => unzip(write('cut.zip', good.subarray(0, good.length - 30)), out)).toThrow('not a .zip, or cut off');
  expect(() => unzip(write('damaged.zip', damaged), out)).toThrow('a: damaged in the .zip');
  expect(() => unzip(write('escape.zip', zipOf([{ name: '../b', data: 'x' }])), out)).toThrow(
    'leads out of the folder',
  );
  expect(statSync(join(folder, 'b'), { throwIfNoEntry: false })).toBeUndefined();
});
