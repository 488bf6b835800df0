import { UserError } from '../shared/errors.ts';

export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** One element type of a .npy file: NumPy's "<i2", "|b1", "<U8" … */
export interface NpyType {
  readonly dtype: string;
  /** b bool, i int, u uint, f float, U unicode, S bytes, V padding */
  readonly kind: 'b' | 'i' | 'u' | 'f' | 'U' | 'S' | 'V';
  /** Bytes of one element. */
  readonly size: number;
  readonly bigEndian: boolean;
}

const SIZES: Readonly<Record<string, readonly number[]>> = { b: [1], i: [1, 2, 4, 8], u: [1, 2, 4, 8], f: [2, 4, 8] };
const MAX_ITEM = 1 << 20;

/** Parse NumPy's type string. UserError naming the file for what is not read: objects are never unpickled. */
export function npyType(dtype: string, name: string): NpyType {
  const match = /^([<>|=]?)([?a-zA-Z])(\d*)(.*)$/s.exec(dtype);
  const order = match?.[1] ?? '';
  const letter = match?.[2] === '?' ? 'b' : (match?.[2] ?? '');
  const number = match?.[3] ? Number(match[3]) : letter === 'b' ? 1 : 0;
  if (letter === 'O')
    throw new UserError(`${name} holds Python objects (dtype object): they are never unpickled, as that can run code`, {
      path: name,
      hint: 'Save it again as numbers or text: numpy.save(path, array.astype(...), allow_pickle=False).',
    });
  const bytes = letter === 'U' ? 4 * number : number;
  const kind = KINDS.find((k) => k === letter);
  const known = kind !== undefined && (SIZES[kind]?.includes(number) ?? (bytes <= MAX_ITEM && match?.[3] !== ''));
  if (!known || match?.[4])
    throw new UserError(`${name}: arrays of type "${dtype.slice(0, 40)}" are not read`, {
      path: name,
      hint: 'Bool, integers, floats (2, 4, 8 bytes) and text are.',
    });
  return { dtype: `${order}${letter}${number}`, kind, size: bytes, bigEndian: order === '>' && bytes > 1 };
}

const KINDS = ['b', 'i', 'u', 'f', 'U', 'S', 'V'] as const;

/** An array for `count` numbers of the type, as they come back from a file: 8-byte integers as Float64Array. */
export function arrayFor({ kind, size }: NpyType, count: number): NumericArray {
  if (kind === 'f') return size === 8 ? new Float64Array(count) : new Float32Array(count);
  if (kind === 'b') return new Uint8Array(count);
  if (size === 8) return new Float64Array(count);
  if (kind === 'i')
    return size === 1 ? new Int8Array(count) : size === 2 ? new Int16Array(count) : new Int32Array(count);
  return size === 1 ? new Uint8Array(count) : size === 2 ? new Uint16Array(count) : new Uint32Array(count);
}

/** The type string NumPy gives an array of ours. */
export function dtypeOf(array: NumericArray): string {
  if (array instanceof Float32Array) return '<f4';
  if (array instanceof Float64Array) return '<f8';
  if (array instanceof Int8Array) return '|i1';
  if (array instanceof Uint8Array) return '|u1';
  if (array instanceof Int16Array) return '<i2';
  if (array instanceof Uint16Array) return '<u2';
  if (array instanceof Int32Array) return '<i4';
  return '<u4';
}

/** True if elements lie in the file as in `array`'s memory: no conversion needed. */
export function sameBytes(type: NpyType, array: NumericArray): boolean {
  if (type.bigEndian || type.size !== array.BYTES_PER_ELEMENT) return false;
  if (type.kind === 'b') return array instanceof Uint8Array;
  if (type.kind === 'f') return array instanceof Float32Array || array instanceof Float64Array;
  if (type.kind === 'i')
    return array instanceof Int8Array || array instanceof Int16Array || array instanceof Int32Array;
  return (
    type.kind === 'u' && (array instanceof Uint8Array || array instanceof Uint16Array || array instanceof Uint32Array)
  );
}
