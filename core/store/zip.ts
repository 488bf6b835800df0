import { inflateRawSync } from 'node:zlib';
import { UserError } from '../shared/errors.ts';
import type { ByteSource } from './byteSource.ts';

export interface ZipMember {
  readonly name: string;
  /** Bytes as stored and as unpacked. */
  readonly packed: number;
  readonly size: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly headerAt: number;
}

const MAX_MEMBERS = 10_000;
const MAX_SIZE = 4 * 1024 * 1024 * 1024;
/** Deflate cannot shrink more than this. */
const MAX_RATIO = 1032;

/** What a .zip (.npz) holds, by its central directory. */
export function zipMembers(source: ByteSource): readonly ZipMember[] {
  const bad = (why: string): never => {
    throw new UserError(`${source.name} is not a readable zip file: ${why}`, {
      path: source.name,
      hint: 'Was it cut?',
    });
  };
  const tail = new Uint8Array(Math.min(source.size, 65_557 + 20));
  const tailAt = source.size - tail.length;
  source.read(tail, tailAt);
  const view = new DataView(tail.buffer);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return bad('it has no end record');
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50 && (count === 0xffff || start === 0xffffffff)) {
    const record = new Uint8Array(56);
    source.read(record, number64(view, end - 12));
    const big = new DataView(record.buffer);
    if (big.getUint32(0, true) !== 0x06064b50) return bad('its 64-bit end record is missing');
    count = number64(big, 32);
    size = number64(big, 40);
    start = number64(big, 48);
  }
  if (count > MAX_MEMBERS) return bad(`it holds ${count} members`);
  if (start + size > source.size || size > 64 * 1024 * 1024) return bad('its directory is outside the file');
  const directory = new Uint8Array(size);
  source.read(directory, start);
  return readDirectory(new DataView(directory.buffer), count, bad);
}

function readDirectory(view: DataView, count: number, bad: (why: string) => never): readonly ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return bad('its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) return bad('its directory is damaged');
    let packed = view.getUint32(at + 20, true);
    let size = view.getUint32(at + 24, true);
    let headerAt = view.getUint32(at + 42, true);
    let extra = at + 46 + nameLength;
    const extraEnd = extra + extraLength;
    while (extra + 4 <= extraEnd) {
      const length = view.getUint16(extra + 2, true);
      if (view.getUint16(extra, true) === 1) {
        // 64-bit values stand in for those that are 0xffffffff, in this order.
        let field = extra + 4;
        const take = (value: number): number => {
          if (value !== 0xffffffff || field + 8 > extra + 4 + length || field + 8 > view.byteLength) return value;
          field += 8;
          return number64(view, field - 8);
        };
        size = take(size);
        packed = take(packed);
        headerAt = take(headerAt);
      }
      extra += 4 + length;
    }
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, nameLength));
    members.push({ name, packed, size, method: view.getUint16(at + 10, true), headerAt });
    at = next;
  }
  return members;
}

/** The bytes of one member. Never more than its header says; UserError for a bomb or a damaged one. */
export function readMember(source: ByteSource, member: ZipMember): Uint8Array {
  const bad = (why: string): never => {
    throw new UserError(`${source.name}: ${member.name} ${why}`, { path: source.name, hint: 'The file is damaged.' });
  };
  const header = new Uint8Array(30);
  if (member.headerAt + 30 > source.size) return bad('is outside the file');
  source.read(header, member.headerAt);
  const view = new DataView(header.buffer);
  if (view.getUint32(0, true) !== 0x04034b50) return bad('has no header');
  const dataAt = member.headerAt + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (dataAt + member.packed > source.size) return bad('is cut');
  if (member.size > MAX_SIZE || member.size > member.packed * MAX_RATIO + 64) return bad('says an impossible size');
  const packed = new Uint8Array(member.packed);
  source.read(packed, dataAt);
  if (member.method === 0) return member.size === member.packed ? packed : bad('says an impossible size');
  if (member.method !== 8) return bad(`is packed by method ${member.method}`);
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, member.size) });
    return bytes.byteLength === member.size ? bytes : bad('has another size than it says');
  } catch (error) {
    if (error instanceof UserError) throw error;
    return bad('cannot be unpacked');
  }
}

function number64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4_294_967_296;
}
