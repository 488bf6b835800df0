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
import { type SiblingKind, siblingName, siblingPrefix, syncFolder } from './writeFile.ts';

export interface CommitOptions {
  /** Replace a folder that is there already. Else one with anything in it is a UserError. */
  readonly replace?: boolean;
}

/**
 * Make a folder all or nothing: `build` fills a hidden sibling (`.name.partial-uuid`), which is synced and renamed to
 * `target` when it is whole. If it fails or is cancelled, nothing is left and an old folder is as it was.
 */
export async function commitFolder<T>(
  target: string,
  build: (partial: string) => Promise<T>,
  options: CommitOptions = {},
): Promise<T> {
  const parent = dirname(target);
  let partial: string | undefined;
  try {
    restoreFolder(target);
    if (!options.replace) refuseContent(target);
    makeLastingFolder(parent);
    removeLeftovers(target);
    partial = siblingName(target, 'partial');
    mkdirSync(partial);
    const result = await build(partial);
    syncTree(partial);
    if (!options.replace) refuseContent(target);
    exchange(partial, target);
    syncFolder(parent);
    return result;
  } catch (error) {
    if (partial !== undefined) rmSync(partial, { recursive: true, force: true });
    throw fileError(error, 'write', target);
  }
}

function refuseContent(target: string): void {
  if (!existsSync(target) || isEmptyFolder(target)) return;
  throw new UserError(`${target} exists already and is not empty`, {
    path: target,
    hint: 'Choose another folder, or remove this one first. Nothing in it was touched.',
  });
}

/** Put `partial` at `target`; what was there goes aside first and is removed last. */
function exchange(partial: string, target: string): void {
  if (isEmptyFolder(target)) rmdirSync(target);
  if (!existsSync(target)) {
    renameSync(partial, target);
    return;
  }
  const old = siblingName(target, 'old');
  renameSync(target, old);
  try {
    renameSync(partial, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  syncFolder(dirname(target));
  rmSync(old, { recursive: true, force: true });
}

function isEmptyFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length === 0;
}

/**
 * Finish a replacement that was cut between its two renames (a crash in that instant): if `target` is gone and its
 * old self lies beside it, put it back. Call before opening a folder that may be replaced.
 */
export function restoreFolder(target: string): void {
  if (existsSync(target)) return;
  const old = siblings(target, 'old')[0];
  if (old) renameSync(old, target);
}

/** What an earlier process that died left beside `target`: old selves of a replaced folder, partials of days ago. */
function removeLeftovers(target: string): void {
  if (existsSync(target)) for (const old of siblings(target, 'old')) rmSync(old, { recursive: true, force: true });
  const longAgo = Date.now() - 3 * 86_400_000;
  for (const partial of siblings(target, 'partial'))
    if (statSync(partial).mtimeMs < longAgo) rmSync(partial, { recursive: true, force: true });
}

function siblings(target: string, kind: SiblingKind): string[] {
  const parent = dirname(target);
  if (!existsSync(parent)) return [];
  const prefix = siblingPrefix(target, kind);
  return readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(parent, name));
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
