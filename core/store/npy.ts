import { UserError } from '../shared/errors.ts';
import { type ByteSource, openFile } from './byteSource.ts';
import { type Column, decodeNumbers, decodeRows, toCOrder } from './npyDecode.ts';
import { encodeNpy } from './npyEncode.ts';
import { type Field, readNpyHeader } from './npyHeader.ts';
import { arrayFor, type NumericArray, npyType } from './npyType.ts';
import { writeFileAtomic } from './writeFile.ts';

export type { NumericArray } from './npyType.ts';

interface Shaped {
  readonly shape: readonly number[];
  /** How the file had it; `data` is C-ordered either way. */
  readonly fortran: boolean;
}
export interface NpyNumbers extends Shaped {
  readonly kind: 'numbers';
  /** The file's type, such as '<f4' or '|b1'. int64 and uint64 come back as Float64Array. */
  readonly dtype: string;
  readonly data: NumericArray;
}
interface NpyStrings extends Shaped {
  readonly kind: 'strings';
  readonly dtype: string;
  readonly data: string[];
}
/** A structured array: one array a field. */
interface NpyRecords extends Shaped {
  readonly kind: 'records';
  readonly dtype: readonly Field[];
  readonly data: Readonly<Record<string, NumericArray | string[]>>;
}
export type NpyArray = NpyNumbers | NpyStrings | NpyRecords;

/** What can be written. Without `dtype` the data's own type; '<U' is as wide as the longest text. */
export type NpyInput =
  | { readonly dtype?: string; readonly shape: readonly number[]; readonly data: NumericArray | readonly number[] }
  | { readonly dtype: string; readonly shape: readonly number[]; readonly data: readonly boolean[] }
  | { readonly dtype?: string; readonly shape: readonly number[]; readonly data: readonly string[] }
  | {
      readonly fields: readonly Field[];
      readonly shape: readonly number[];
      readonly data: Readonly<Record<string, NumericArray | readonly number[] | readonly string[]>>;
    };

/** Read a whole .npy file. UserError naming the file if it is cut, not .npy, or of Python objects. */
export async function readNpy(path: string): Promise<NpyArray> {
  const source = openFile(path);
  try {
    return parseNpy(source);
  } finally {
    source.close();
  }
}

/** readNpy of an array of plain numbers. UserError for anything else. */
export async function readNumbers(path: string): Promise<NpyNumbers> {
  const array = await readNpy(path);
  if (array.kind !== 'numbers')
    throw new UserError(`${path} holds no plain numbers`, { path, hint: 'Is it the right file?' });
  return array;
}

/** Write an array: the file is the old one or the new one, never half. */
export async function writeNpy(path: string, array: NpyInput): Promise<void> {
  await writeFileAtomic(path, encodeNpy(array));
}

/** Text of no width still counts: no more of it than this. */
const MAX_EMPTY = 1_000_000;

/** The array in `source`. Its size is checked before anything is allocated. */
export function parseNpy(source: ByteSource): NpyArray {
  const { descr, fortran, shape, dataStart } = readNpyHeader(source);
  const name = source.name;
  const fields = typeof descr === 'string' ? [{ name: '', dtype: descr }] : descr;
  const types = fields.map((field) => npyType(field.dtype, name));
  const rowSize = types.reduce((sum, type) => sum + type.size, 0);
  const elements = shape.reduce((product, n) => product * BigInt(n), 1n);
  const wanted = elements * BigInt(rowSize);
  const there = source.size - dataStart;
  if (wanted !== BigInt(there))
    throw new UserError(
      `${name} is ${wanted > BigInt(there) ? 'cut' : 'longer than it says'}: its header tells of ${wanted} bytes of data (${shape.join(' × ')}), the file has ${there}`,
      { path: name, hint: 'Copy or make it again.' },
    );
  if (rowSize === 0 && elements > BigInt(MAX_EMPTY))
    throw new UserError(`${name} claims ${elements} elements of no size`, { path: name });
  const count = Number(elements);

  if (typeof descr === 'string') {
    const type = types[0]!;
    if (type.kind === 'V') throw new UserError(`${name} holds bytes of no type (${descr})`, { path: name });
    if (type.kind === 'U' || type.kind === 'S') {
      const data: string[] = [];
      if (type.size === 0) for (let i = 0; i < count; i++) data.push('');
      decodeRows(source, dataStart, count, [{ type, offset: 0, out: data }], rowSize);
      return { kind: 'strings', dtype: descr, shape, fortran, data: fortran ? toCOrder(data, shape) : data };
    }
    const data = decodeNumbers(source, dataStart, count, type);
    return { kind: 'numbers', dtype: descr, shape, fortran, data: fortran ? toCOrder(data, shape) : data };
  }

  const columns: Column[] = [];
  const data: Record<string, NumericArray | string[]> = Object.create(null);
  let offset = 0;
  for (const type of types) {
    // Unnamed void fields are the padding of aligned structures.
    if (type.kind !== 'V') {
      const out = type.kind === 'U' || type.kind === 'S' ? [] : arrayFor(type, count);
      columns.push({ type, offset, out });
    }
    offset += type.size;
  }
  decodeRows(source, dataStart, count, columns, rowSize);
  let column = 0;
  for (const [i, type] of types.entries()) {
    if (type.kind === 'V') continue;
    const { out } = columns[column++]!;
    data[fields[i]!.name] = fortran ? toCOrder(out, shape) : out;
  }
  return { kind: 'records', dtype: descr, shape, fortran, data };
}
