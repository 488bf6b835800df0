import { randomUUID } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PIECE } from './byteSource.ts';
import { fileError } from './fileError.ts';

/**
 * Write a file so that it is the old one or the new one at any moment, never half: a sibling `.name.partial-uuid`,
 * fsync, rename, fsync of the folder. `bytes` may come in pieces.
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string | readonly Uint8Array[]): Promise<void> {
  const partial = siblingName(path, 'partial');
  try {
    const file = openSync(partial, 'wx');
    try {
      for (const piece of pieces(bytes)) writeAll(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw fileError(error, 'write', path);
  }
}

function pieces(bytes: Uint8Array | string | readonly Uint8Array[]): readonly Uint8Array[] {
  if (typeof bytes === 'string') return [new TextEncoder().encode(bytes)];
  return bytes instanceof Uint8Array ? [bytes] : bytes;
}

/** Write all of `bytes` at the file's own place (`position` undefined) or at `position`. */
export function writeAll(file: number, bytes: Uint8Array, position?: number): void {
  let done = 0;
  while (done < bytes.byteLength) {
    const length = Math.min(PIECE, bytes.byteLength - done);
    done += writeSync(file, bytes, done, length, position === undefined ? null : position + done);
  }
}

/** What lies beside a file or folder for a moment: the new one being built, or the old one about to be removed. */
export type SiblingKind = 'partial' | 'old';

/** Beside `path`, hidden, unique. */
export function siblingName(path: string, kind: SiblingKind): string {
  return join(dirname(path), `${siblingPrefix(path, kind)}${randomUUID()}`);
}

export function siblingPrefix(path: string, kind: SiblingKind): string {
  // File names end at 255 bytes on all systems: the uuid and the rest need 46 of them.
  const name = Buffer.from(basename(path)).subarray(0, 200).toString('utf8').replaceAll('\ufffd', '');
  return `.${name}.${kind}-`;
}

/** A rename lasts through a power cut only once its folder is synced. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
