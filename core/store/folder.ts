import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { fileError } from './fileError.ts';
import { makeLastingFolder } from './lastingFolder.ts';
import { removeLeftovers, siblingName, siblingsOf } from './siblings.ts';
import { removeQuietly, syncFolder } from './writeFile.ts';

export interface CommitOptions {
  /** Replace a folder that is there already. Else one with anything in it is a UserError. */
  readonly replace?: boolean;
  /**
   * Where the unfinished and the replaced folder lie meanwhile, on the same drive; beside `target` if not told. For
   * folders whose neighbours others read: SpikeInterface takes any folder among extensions for one.
   */
  readonly aside?: string;
}

/**
 * Make a folder all or nothing: `build` fills a hidden sibling, which is synced and renamed to `target` when it is
 * whole. If it fails or is cancelled, nothing is left and an old folder is as it was.
 */
export async function commitFolder<T>(
  target: string,
  build: (partial: string) => Promise<T>,
  options: CommitOptions = {},
): Promise<T> {
  const aside = options.aside ?? dirname(target);
  let partial: string | undefined;
  try {
    restoreFolder(target, aside);
    if (!options.replace) refuseContent(target);
    makeLastingFolder(dirname(target));
    removeLeftovers(aside, dirname(target));
    if (existsSync(target)) for (const old of siblingsOf(target, 'old', aside)) removeAll(old);
    partial = siblingName(target, 'partial', aside);
    mkdirSync(partial);
    const result = await build(partial);
    syncTree(partial);
    if (!options.replace) refuseContent(target);
    exchange(partial, target, aside);
    return result;
  } catch (error) {
    if (partial !== undefined) removeQuietly(partial);
    throw fileError(error, 'write', target);
  }
}

/** Give a folder that was built elsewhere on the same drive its name, once it is whole and on the disk. */
export function commitBuilt(built: string, target: string): void {
  try {
    syncTree(built);
    refuseContent(target);
    exchange(built, target, dirname(built));
  } catch (error) {
    throw fileError(error, 'write', target);
  }
}

/** Remove a folder so that it is there whole or not at all: it goes aside first. */
export function removeFolder(target: string, aside = dirname(target)): void {
  try {
    if (!existsSync(target)) return;
    const gone = siblingName(target, 'gone', aside);
    renameSync(target, gone);
    syncBoth(target, aside);
    removeAll(gone);
  } catch (error) {
    throw fileError(error, 'remove', target);
  }
}

const removeAll = (path: string) => rmSync(path, { recursive: true, force: true });

function syncBoth(target: string, aside: string): void {
  for (const folder of new Set([dirname(target), aside])) syncFolder(folder);
}

function refuseContent(target: string): void {
  if (!existsSync(target) || isEmptyFolder(target)) return;
  throw new UserError(`${target} exists already and is not empty`, {
    path: target,
    hint: 'Choose another folder, or remove this one first. Nothing in it was touched.',
  });
}

/** Put `partial` at `target`; what was there goes aside first and is removed last. */
function exchange(partial: string, target: string, aside: string): void {
  if (isEmptyFolder(target)) rmdirSync(target);
  if (!existsSync(target)) {
    renameSync(partial, target);
    syncBoth(target, aside);
    return;
  }
  // An older self that was removed must not come back by a power cut, to be taken for the one that goes aside now.
  syncFolder(aside);
  const old = siblingName(target, 'old', aside);
  renameSync(target, old);
  try {
    renameSync(partial, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  syncBoth(target, aside);
  removeQuietly(old);
}

function isEmptyFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length === 0;
}

/**
 * Finish a replacement that was cut between its two renames (a crash in that instant): if `target` is gone and its
 * old self lies beside it, put it back. Call before opening a folder that may be replaced.
 */
export function restoreFolder(target: string, aside = dirname(target)): void {
  if (existsSync(target)) return;
  const old = siblingsOf(target, 'old', aside)[0];
  if (old) renameSync(old, target);
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) {
      // Windows flushes only what is open for writing; elsewhere a read-only file can be synced too.
      const file = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    }
  }
  syncFolder(folder);
}
