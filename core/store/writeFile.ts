import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { PIECE } from './byteSource.ts';
import { fileError } from './fileError.ts';
import { siblingName } from './siblings.ts';

/**
 * Write a file so that it is the old one or the new one at any moment, never half: a hidden sibling,
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
    removeQuietly(partial);
    throw fileError(error, 'write', path);
  }
}

/** Takes away what a failure left, as far as that goes: the failure is what counts. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It is hidden and goes with the next commit.
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

/**
 * A rename lasts through a power cut only once its folder is synced. Windows has no such call and needs none; some
 * network drives refuse it.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && REFUSED.has(String(error.code)))) throw error;
  } finally {
    closeSync(handle);
  }
}

const REFUSED = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);
