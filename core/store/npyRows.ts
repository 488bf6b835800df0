import { closeSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { UserError } from '../shared/errors.ts';
import { openFile } from './byteSource.ts';
import { fileError } from './fileError.ts';
import { decodeNumbers } from './npyDecode.ts';
import { encodeValues } from './npyEncode.ts';
import { npyHeaderBytes, readNpyHeader } from './npyHeader.ts';
import { type NumericArray, npyType } from './npyType.ts';
import { writeAll } from './writeFile.ts';

/** A .npy file of numbers written or read a stretch of rows (of the first axis) at a time, from any thread. */
export interface NpyRows {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Elements of one row. */
  readonly rowLength: number;
  /** `data` holds whole rows. The rows of different calls may be written in any order. */
  writeRows(startRow: number, data: NumericArray): void;
  /** Rows [startRow, startRow + count), C order. */
  readRows(startRow: number, count: number): NumericArray;
  close(): void;
}

/** Make a file of zeros of that type and shape, to be filled by writeRows. Lies in a folder that is not committed yet. */
export async function createNpy(path: string, dtype: string, shape: readonly number[]): Promise<void> {
  const type = npyType(dtype, path);
  const header = npyHeaderBytes(dtype, shape);
  const bytes = shape.reduce((a, b) => a * b, type.size);
  try {
    const file = openSync(path, 'wx');
    try {
      writeAll(file, header);
      ftruncateSync(file, header.byteLength + bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

/**
 * Open a file made by createNpy (or any C-ordered .npy of numbers; `write` false opens it read-only). `sync` false:
 * closing does not wait for the disk, as the folder it lies in is synced when it is committed.
 */
export function openNpyRows(
  path: string,
  options: { readonly write?: boolean; readonly sync?: boolean } = {},
): NpyRows {
  const source = openFile(path);
  let writer: number | undefined;
  try {
    const header = readNpyHeader(source);
    const { shape, fortran, dataStart, descr } = header;
    if (typeof descr !== 'string' || fortran)
      throw new UserError(`${path}: only C-ordered arrays of numbers are read row by row`, { path });
    const type = npyType(descr, path);
    if (type.kind === 'U' || type.kind === 'S' || type.kind === 'V')
      throw new UserError(`${path} holds no numbers`, { path });
    const rowLength = shape.slice(1).reduce((a, b) => a * b, 1);
    const rowBytes = rowLength * type.size;
    const rows = shape[0] ?? 0;
    if (BigInt(dataStart) + shape.reduce((a, b) => a * BigInt(b), BigInt(type.size)) !== BigInt(source.size))
      throw new UserError(`${path} is cut: it has ${source.size} bytes`, { path, hint: 'Copy or make it again.' });
    if (options.write !== false) writer = openSync(path, 'r+');
    const inside = (start: number, count: number) => {
      if (!(start >= 0 && count >= 0 && start + count <= rows))
        throw new RangeError(`rows ${start} to ${start + count} of ${rows}`);
    };
    return {
      shape,
      dtype: descr,
      rowLength,
      writeRows(startRow, data) {
        const count = rowLength === 0 ? 0 : data.length / rowLength;
        if (!Number.isInteger(count)) throw new RangeError(`${data.length} elements are no whole rows of ${rowLength}`);
        inside(startRow, count);
        if (writer === undefined) throw new Error(`${path} is open for reading`);
        try {
          writeAll(writer, encodeValues(data, type), dataStart + startRow * rowBytes);
        } catch (error) {
          throw fileError(error, 'write', path);
        }
      },
      readRows(startRow, count) {
        inside(startRow, count);
        return decodeNumbers(source, dataStart + startRow * rowBytes, count * rowLength, type);
      },
      close() {
        source.close();
        if (writer === undefined) return;
        const file = writer;
        writer = undefined;
        try {
          if (options.sync !== false) fsyncSync(file);
        } catch (error) {
          throw fileError(error, 'write', path);
        } finally {
          closeSync(file);
        }
      },
    };
  } catch (error) {
    source.close();
    throw fileError(error, 'open', path);
  }
}
