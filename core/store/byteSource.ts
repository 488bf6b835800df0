import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';

/** Bytes that can be read at any place: a file opened read-only, or a buffer. */
export interface ByteSource {
  /** What errors call it: the file's path. */
  readonly name: string;
  readonly size: number;
  /** Fill `target` from `position`; UserError if the bytes end before. */
  read(target: Uint8Array, position: number): void;
  close(): void;
}

/** One read never asks for more than this. */
export const PIECE = 8 * 1024 * 1024;

/** A file, opened read-only; reads at explicit positions, so it may be shared. Close it. */
export function openFile(path: string): ByteSource {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw fileError(error, 'open', path);
  }
  const stat = fstatSync(file);
  if (!stat.isFile()) {
    closeSync(file);
    throw new UserError(`cannot read ${path}: it is not a file`, { path, hint: 'Choose a file.' });
  }
  return {
    name: path,
    size: stat.size,
    read(target, position) {
      // Before the system is asked: a place from a damaged file may be no place at all.
      if (!(position >= 0 && position + target.byteLength <= Number.MAX_SAFE_INTEGER))
        throw new UserError(`${path} has no byte ${position}`, { path, hint: 'The file is damaged.' });
      let done = 0;
      while (done < target.byteLength) {
        let n: number;
        try {
          n = readSync(file, target, done, Math.min(PIECE, target.byteLength - done), position + done);
        } catch (error) {
          throw fileError(error, 'read', path);
        }
        if (n === 0)
          throw new UserError(`${path} ends at byte ${position + done}, before the data asked for`, {
            path,
            hint: 'Was the file cut while it was open?',
          });
        done += n;
      }
    },
    close: () => closeSync(file),
  };
}

/** Bytes in memory as a source. `name` is what errors call them. */
export function fromBytes(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.byteLength,
    read(target, position) {
      if (!(position >= 0 && position + target.byteLength <= bytes.byteLength))
        throw new UserError(`${name} ends before the data asked for`, { path: name });
      target.set(bytes.subarray(position, position + target.byteLength));
    },
    close: () => {},
  };
}

/** The whole of a small file. UserError if it is larger than `cap` bytes: what is that large is not what it claims to be. */
export function readSmallFile(path: string, cap: number): Uint8Array {
  const source = openFile(path);
  try {
    if (source.size > cap)
      throw new UserError(`${path} has ${source.size} bytes; such a file has at most ${cap}`, {
        path,
        hint: 'Is it the right file?',
      });
    const bytes = new Uint8Array(source.size);
    source.read(bytes, 0);
    return bytes;
  } finally {
    source.close();
  }
}

/** A small text file: UTF-8 (with or without byte order mark), else Latin-1, as older programs on Windows wrote. */
export function readSmallText(path: string, cap = 16 * 1024 * 1024): string {
  return decodeText(readSmallFile(path, cap));
}

export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
