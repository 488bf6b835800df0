import { UserError } from '../shared/errors.ts';
import { type ByteSource, PIECE } from './byteSource.ts';
import { arrayFor, type NpyType, type NumericArray, sameBytes } from './npyType.ts';

const TWO32 = 4_294_967_296;

/** `count` numbers that lie one after the other from `position`. Bool comes back as 0 and 1 in a Uint8Array. */
export function decodeNumbers(source: ByteSource, position: number, count: number, type: NpyType): NumericArray {
  const out = arrayFor(type, count);
  if (sameBytes(type, out)) {
    source.read(new Uint8Array(out.buffer, out.byteOffset, out.byteLength), position);
    return out;
  }
  decodeRows(source, position, count, [{ type, offset: 0, out }], type.size);
  return out;
}

export interface Column {
  readonly type: NpyType;
  /** Byte of the column within a row. */
  readonly offset: number;
  readonly out: NumericArray | string[];
}

/** Rows of `rowSize` bytes from `position`, each column into its array: 8 MB of the file in memory at a time. */
export function decodeRows(
  source: ByteSource,
  position: number,
  count: number,
  columns: readonly Column[],
  rowSize: number,
): void {
  if (rowSize === 0 || count === 0) return;
  const rowsAtOnce = Math.max(1, Math.floor(PIECE / rowSize));
  const piece = new Uint8Array(Math.min(rowsAtOnce, count) * rowSize);
  const view = new DataView(piece.buffer);
  for (let first = 0; first < count; first += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, count - first);
    source.read(piece.subarray(0, rows * rowSize), position + first * rowSize);
    for (const { type, offset, out } of columns)
      if (Array.isArray(out)) decodeText(view, offset, rows, rowSize, type, out);
      else decodeColumn(view, offset, rows, rowSize, type, out, first, source.name);
  }
}

function decodeColumn(
  view: DataView,
  offset: number,
  rows: number,
  rowSize: number,
  type: NpyType,
  out: NumericArray,
  first: number,
  name: string,
): void {
  const { kind, size } = type;
  const little = !type.bigEndian;
  for (let row = 0, at = offset; row < rows; row++, at += rowSize) {
    let value: number;
    if (size === 8 && kind !== 'f') {
      const low = view.getUint32(little ? at : at + 4, little);
      const high =
        kind === 'i' ? view.getInt32(little ? at + 4 : at, little) : view.getUint32(little ? at + 4 : at, little);
      // A float64 is exact to 2^53 = 2^21 * 2^32.
      if (high >= 0x20_0000 || high < -0x20_0000)
        throw new UserError(`${name}: element ${first + row} is beyond 2^53`, {
          path: name,
          hint: 'Sample indices and ids are never that large: the file is damaged or of another type.',
        });
      value = high * TWO32 + low;
    } else if (kind === 'f') {
      if (size === 8) value = view.getFloat64(at, little);
      else value = size === 4 ? view.getFloat32(at, little) : float16(view.getUint16(at, little));
    } else if (kind === 'i') {
      if (size === 4) value = view.getInt32(at, little);
      else value = size === 2 ? view.getInt16(at, little) : view.getInt8(at);
    } else if (size === 4) value = view.getUint32(at, little);
    else value = size === 2 ? view.getUint16(at, little) : view.getUint8(at);
    out[first + row] = value;
  }
}

function decodeText(view: DataView, offset: number, rows: number, rowSize: number, type: NpyType, out: string[]): void {
  const little = !type.bigEndian;
  const step = type.kind === 'U' ? 4 : 1;
  for (let row = 0; row < rows; row++) {
    const start = row * rowSize + offset;
    let text = '';
    let zeros = 0;
    for (let at = start; at < start + type.size; at += step) {
      const code = step === 4 ? view.getUint32(at, little) : view.getUint8(at);
      if (code === 0) {
        zeros++; // NUL at the end is padding, within it is text
        continue;
      }
      text += '\0'.repeat(zeros) + (code <= 0x10ffff ? String.fromCodePoint(code) : '\u{fffd}');
      zeros = 0;
    }
    out.push(text);
  }
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Fortran order to C order: the first axis runs fastest in `data`, the last one in the result. */
export function toCOrder<T extends NumericArray | string[]>(data: T, shape: readonly number[]): T {
  if (shape.filter((n) => n > 1).length < 2) return data;
  const out = data.slice() as T;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const index = new Float64Array(shape.length);
  const last = shape.length - 1;
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = last; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
