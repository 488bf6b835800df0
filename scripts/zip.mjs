import { closeSync, fstatSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LINK = 0o120000;

/** Unpacks a .zip into `folder`; `rename(name)` gives the path inside it, or nothing to leave an entry out. */
export function unzip(file, folder, rename = (name) => name) {
  const fd = openSync(file, 'r');
  try {
    for (const entry of entries(fd)) {
      const name = rename(entry.name);
      if (!name || name.endsWith('/')) continue;
      if (name.split(/[\\/]/).includes('..')) throw new Error(`${file}: ${entry.name} leads out of the folder`);
      const path = join(folder, name);
      const data = contents(fd, entry);
      mkdirSync(dirname(path), { recursive: true });
      if ((entry.mode & 0o170000) === LINK) symlinkSync(data.toString(), path);
      else writeFileSync(path, data, { mode: entry.mode & 0o777 || 0o644 });
    }
  } finally {
    closeSync(fd);
  }
}

function entries(fd) {
  const size = fstatSync(fd).size;
  const tail = bytes(fd, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new Error('not a .zip, or cut off');
  const count = tail.readUInt16LE(end + 10);
  const directory = bytes(fd, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const found = [];
  for (let i = 0, at = 0; i < count; i++) {
    if (directory.readUInt32LE(at) !== CENTRAL) throw new Error('the .zip is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    found.push({
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt16LE(at + 40),
      offset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return found;
}

function contents(fd, { name, method, crc, packed, size, offset }) {
  const header = bytes(fd, offset, 30);
  const raw = bytes(fd, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), packed);
  if (method !== 0 && method !== 8) throw new Error(`${name}: packed by method ${method}`);
  const data = method === 8 ? inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) }) : raw;
  if (data.length !== size || crc32(data) !== crc) throw new Error(`${name}: damaged in the .zip`);
  return data;
}

function bytes(fd, position, length) {
  const buffer = Buffer.alloc(length);
  if (readSync(fd, buffer, 0, length, position) !== length) throw new Error('the .zip is cut off');
  return buffer;
}
