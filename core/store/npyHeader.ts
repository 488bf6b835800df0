import { UserError } from '../shared/errors.ts';
import type { ByteSource } from './byteSource.ts';
import { LiteralError, literalAt, type PythonLiteral } from './pythonLiteral.ts';

export interface Field {
  readonly name: string;
  readonly dtype: string;
}

/** What a .npy file says of itself before its data. */
export interface NpyHeader {
  /** Type string, or the fields of a structured type. */
  readonly descr: string | readonly Field[];
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Byte at which the data start. */
  readonly dataStart: number;
}

/** NumPy's own limit (numpy.lib.format): longer headers are not parsed. */
const MAX_HEADER = 10_000;
const MAX_DIMENSIONS = 32;

export function readNpyHeader(source: ByteSource): NpyHeader {
  const bad = (why: string): never => {
    throw new UserError(`${source.name} is not a readable .npy file: ${why}`, {
      path: source.name,
      hint: 'Was it cut, or is it another kind of file?',
    });
  };
  if (source.size < 10) bad('it is too short');
  const start = new Uint8Array(Math.min(12, source.size));
  source.read(start, 0);
  if (start[0] !== 0x93 || String.fromCharCode(...start.subarray(1, 6)) !== 'NUMPY')
    bad('it does not begin with \\x93NUMPY');
  const version = start[6]!;
  if (version < 1 || version > 3) bad(`its format version is ${version}`);
  if (version > 1 && source.size < 12) bad('it is too short');
  const view = new DataView(start.buffer);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const textStart = version === 1 ? 10 : 12;
  if (length > MAX_HEADER) bad(`its header has ${length} bytes (at most ${MAX_HEADER})`);
  if (textStart + length > source.size) bad('it ends within its header');
  const bytes = new Uint8Array(length);
  source.read(bytes, textStart);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes);
  let header: PythonLiteral = null;
  try {
    header = literalAt(text.trimStart(), 0, { tuples: true, dicts: true }).value;
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    bad(`its header is not understood (${error.message})`);
  }
  if (typeof header !== 'object' || header === null || !('descr' in header)) return bad('its header is not understood');
  const { descr, fortran_order: fortran, shape } = header;
  if (typeof fortran !== 'boolean') return bad('its header lacks fortran_order');
  if (!isShape(shape)) return bad('its shape is not a list of sizes');
  const fields = typeof descr === 'string' ? descr : fieldsOf(descr);
  if (!fields) return bad('its type is not understood');
  return { descr: fields, fortran, shape, dataStart: textStart + length };
}

function isShape(value: PythonLiteral | undefined): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_DIMENSIONS &&
    value.every((n) => Number.isSafeInteger(n) && Number(n) >= 0)
  );
}

function fieldsOf(descr: PythonLiteral | undefined): readonly Field[] | undefined {
  if (!Array.isArray(descr) || descr.length === 0) return undefined;
  const fields: Field[] = [];
  for (const field of descr) {
    if (!Array.isArray(field) || field.length !== 2) return undefined;
    const [name, dtype] = field;
    if (typeof name !== 'string' || typeof dtype !== 'string') return undefined;
    fields.push({ name, dtype });
  }
  return fields;
}

/** The header of a C-ordered array, padded to 64 bytes as NumPy pads it. */
export function npyHeaderBytes(descr: string | readonly Field[], shape: readonly number[]): Uint8Array {
  const type =
    typeof descr === 'string'
      ? quote(descr)
      : `[${descr.map((f) => `(${quote(f.name)}, ${quote(f.dtype)})`).join(', ')}]`;
  const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = new TextEncoder().encode(`{'descr': ${type}, 'fortran_order': False, 'shape': ${sizes}, }`);
  const long = text.length + 11 > 0xffff;
  const prefix = long ? 12 : 10;
  const total = Math.ceil((prefix + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, long ? 2 : 1, 0]);
  const view = new DataView(bytes.buffer);
  if (long) view.setUint32(8, total - prefix, true);
  else view.setUint16(8, total - prefix, true);
  bytes.set(text, prefix);
  bytes[total - 1] = 0x0a;
  return bytes;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
