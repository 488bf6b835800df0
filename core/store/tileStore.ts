import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { canonical, type Json } from '../shared/json.ts';
import { openFile } from './byteSource.ts';
import { siblingName } from './siblings.ts';
import { removeQuietly, writeAll } from './writeFile.ts';

/*
 * A file of what can be made anew: magic, length and CRC-32 of the header, header (JSON), sections. It is not worth an
 * fsync: what a power cut, a full disk or a failing one left of it is found out and thrown away.
 */

const MAGIC = new TextEncoder().encode('SPKTILE1');
const START = MAGIC.length + 8;
const LONGEST_HEADER = 1 << 20;

interface Section {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

/** `id`: what the file is of; asked for again when it is read. Makes the folder. */
export function writeTileFile(path: string, id: Json, sections: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(dirname(path), { recursive: true });
  let offset = 0;
  const list = [...sections].map(([name, bytes]): Section => {
    const section = { name, offset, bytes: bytes.byteLength, crc: crc32(bytes) };
    offset += bytes.byteLength;
    return section;
  });
  const header = new TextEncoder().encode(JSON.stringify({ id, sections: list }));
  const start = new Uint8Array(START);
  start.set(MAGIC);
  new DataView(start.buffer).setUint32(MAGIC.length, header.byteLength, true);
  new DataView(start.buffer).setUint32(MAGIC.length + 4, crc32(header), true);
  const partial = siblingName(path, 'partial');
  try {
    const file = openSync(partial, 'wx');
    try {
      for (const piece of [start, header, ...sections.values()]) writeAll(file, piece);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    removeQuietly(partial);
    throw error;
  }
}

/**
 * The sections of those names, read into what `into` gives for their size. Undefined if there is no such file, it is
 * not of `id`, or damaged: then it is removed.
 */
export function readTileFile(
  path: string,
  id: Json,
  names: readonly string[],
  into: (bytes: number) => Uint8Array,
): Map<string, Uint8Array> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readSections(path, id, names, into);
  } catch {
    rmSync(path, { force: true });
    return undefined;
  }
}

function readSections(path: string, id: Json, names: readonly string[], into: (bytes: number) => Uint8Array) {
  const source = openFile(path);
  try {
    const start = new Uint8Array(START);
    source.read(start, 0);
    if (MAGIC.some((byte, i) => start[i] !== byte)) throw new Error('another magic');
    const length = new DataView(start.buffer).getUint32(MAGIC.length, true);
    if (length > LONGEST_HEADER) throw new Error('a longer header than any');
    const header = new Uint8Array(length);
    source.read(header, START);
    if (crc32(header) !== new DataView(start.buffer).getUint32(MAGIC.length + 4, true)) throw new Error('header');
    const found: { id: Json; sections: Section[] } = JSON.parse(new TextDecoder().decode(header));
    if (canonical(found.id) !== canonical(id)) throw new Error('of something else');
    const end = found.sections.reduce((sum, { bytes }) => sum + bytes, START + length);
    if (source.size !== end) throw new Error('cut');
    const sections = new Map<string, Uint8Array>();
    for (const name of names) {
      const section = found.sections.find((one) => one.name === name);
      if (!section) throw new Error(`no section ${name}`);
      const bytes = into(section.bytes);
      source.read(bytes, START + length + section.offset);
      if (crc32(bytes) !== section.crc) throw new Error(`damaged section ${name}`);
      sections.set(name, bytes);
    }
    return sections;
  } finally {
    source.close();
  }
}
