import type { NpyInput } from './npy.ts';
import { type Field, npyHeaderBytes } from './npyHeader.ts';
import { dtypeOf, type NpyType, type NumericArray, npyType, sameBytes } from './npyType.ts';

type Values = NumericArray | readonly number[] | readonly string[] | readonly boolean[];

/** The pieces of a .npy file, in order. */
export function encodeNpy(array: NpyInput): Uint8Array[] {
  const count = array.shape.reduce((a, b) => a * b, 1);
  if ('fields' in array) {
    const columns = array.fields.map((field) => ({ field, values: valuesOf(array.data[field.name], field.name) }));
    return encodeRecords(columns, array.shape, count);
  }
  const { data } = array;
  check(data, count, 'data');
  const dtype = dtypeFor(array.dtype, data);
  const type = npyType(dtype, 'array');
  return [npyHeaderBytes(dtype, array.shape), encodeValues(data, type)];
}

function valuesOf(values: Values | undefined, name: string): Values {
  if (!values) throw new RangeError(`no data for field "${name}"`);
  return values;
}

function check(data: Values, count: number, what: string): void {
  if (data.length !== count) throw new RangeError(`${what} has ${data.length} elements, the shape says ${count}`);
}

function encodeRecords(
  columns: readonly { readonly field: Field; readonly values: Values }[],
  shape: readonly number[],
  count: number,
): Uint8Array[] {
  const fields = columns.map(({ field, values }) => ({ name: field.name, dtype: dtypeFor(field.dtype, values) }));
  const types = fields.map(({ dtype }) => npyType(dtype, 'array'));
  const rowSize = types.reduce((sum, type) => sum + type.size, 0);
  const bytes = new Uint8Array(count * rowSize);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  columns.forEach(({ field, values }, i) => {
    check(values, count, field.name);
    putValues(view, offset, rowSize, types[i]!, values);
    offset += types[i]!.size;
  });
  return [npyHeaderBytes(fields, shape), bytes];
}

/** The elements as they lie in the file. A view of `values` where nothing has to be converted. */
export function encodeValues(values: Values, type: NpyType): Uint8Array {
  if (isTyped(values) && sameBytes(type, values))
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.length * type.size);
  putValues(new DataView(bytes.buffer), 0, type.size, type, values);
  return bytes;
}

function isTyped(values: Values): values is NumericArray {
  return ArrayBuffer.isView(values);
}

function dtypeFor(dtype: string | undefined, values: Values): string {
  const text = !isTyped(values) && typeof values[0] === 'string';
  if (dtype === '<U' || (dtype === undefined && text)) {
    let longest = 1;
    if (!isTyped(values)) for (const value of values) longest = Math.max(longest, [...String(value)].length);
    return `<U${longest}`;
  }
  if (dtype !== undefined) return dtype;
  return isTyped(values) ? dtypeOf(values) : '<f8';
}

function putValues(view: DataView, offset: number, rowSize: number, type: NpyType, values: Values): void {
  const { kind, size } = type;
  if (kind === 'U' || kind === 'S' || kind === 'V') {
    for (let i = 0; i < values.length; i++) putText(view, i * rowSize + offset, type, String(values[i]));
    return;
  }
  const [low, high] = kind === 'f' ? [-Infinity, Infinity] : limits(kind, size);
  const little = !type.bigEndian;
  for (let i = 0, at = offset; i < values.length; i++, at += rowSize) {
    const value = Number(values[i]);
    if (kind !== 'f' && !(Number.isInteger(value) && value >= low && value <= high))
      throw new RangeError(`${value} does not fit into ${type.dtype}`);
    if (kind === 'f') {
      if (size === 8) view.setFloat64(at, value, little);
      else if (size === 4) view.setFloat32(at, value, little);
      else throw new RangeError('float16 is not written');
    } else if (size === 8) {
      const top = Math.floor(value / 4_294_967_296);
      view.setInt32(little ? at + 4 : at, top, little);
      view.setUint32(little ? at : at + 4, value - top * 4_294_967_296, little);
    } else if (size === 4) view.setUint32(at, value, little);
    else if (size === 2) view.setUint16(at, value, little);
    else view.setUint8(at, value);
  }
}

function limits(kind: 'b' | 'i' | 'u', size: number): readonly [number, number] {
  if (kind === 'b') return [0, 1];
  const bits = Math.min(8 * size, kind === 'i' ? 54 : 53); // no integer beyond 2^53 is exact
  return kind === 'i' ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

function putText(view: DataView, start: number, type: NpyType, text: string): void {
  if (type.kind === 'U') {
    let at = start;
    for (const character of text) {
      if (at >= start + type.size) throw new RangeError(`"${text}" does not fit into ${type.dtype}`);
      view.setUint32(at, character.codePointAt(0)!, !type.bigEndian);
      at += 4;
    }
    return;
  }
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > type.size) throw new RangeError(`"${text}" does not fit into ${type.dtype}`);
  new Uint8Array(view.buffer, view.byteOffset + start, bytes.length).set(bytes);
}
