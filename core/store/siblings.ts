import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isOwnerGone, ownerTag } from './holder.ts';

/*
 * What lies hidden beside a file or folder for a moment: `.NAME.KIND-OWNER-uuid`. OWNER tells the process, so what a
 * killed one left is known for what it is.
 */

/** The new one being built; the old one while it is replaced (then it is put back); one on its way out. */
export type SiblingKind = 'partial' | 'old' | 'gone';

const LONG_MS = 3 * 86_400_000;

/** Unique. `folder`: where it is to lie, beside `path` if not told. */
export function siblingName(path: string, kind: SiblingKind, folder = dirname(path)): string {
  return join(folder, `${siblingPrefix(path, kind)}${ownerTag()}-${randomUUID().slice(0, 8)}`);
}

function siblingPrefix(path: string, kind: SiblingKind): string {
  // File names end at 255 bytes on all systems: the rest needs less than 55 of them.
  const name = Buffer.from(basename(path)).subarray(0, 200).toString('utf8').replaceAll('\ufffd', '');
  return `.${name}.${kind}-`;
}

/** All of a kind that lie in `folder` for `path`. */
export function siblingsOf(path: string, kind: SiblingKind, folder = dirname(path)): string[] {
  if (!existsSync(folder)) return [];
  const prefix = siblingPrefix(path, kind);
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(folder, name));
}

const LEFTOVER = /^\.(?<name>.+)\.(?<kind>partial|old|gone)-(?<owner>[0-9a-f]{8}-\d+-\d+)-[0-9a-f]{8}$/;

/**
 * Remove what dead processes left in `folder`; where that cannot be told (another machine) after days. An old self
 * goes only if the new one is there, in `folder` or the one it was aside from.
 */
export function removeLeftovers(folder: string, targets = folder): void {
  if (!existsSync(folder)) return;
  for (const found of readdirSync(folder)) {
    const { name = '', kind, owner = '' } = LEFTOVER.exec(found)?.groups ?? {};
    if (kind === undefined || (kind === 'old' && !existsSync(join(targets, name)))) continue;
    const path = join(folder, found);
    if (isOwnerGone(owner) || age(path) > LONG_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** Remove what writers left anywhere in `folder`, where there is none now: whoever calls holds its lock. */
export function removeUnfinished(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (LEFTOVER.test(entry.name)) rmSync(path, { recursive: true, force: true });
    else if (entry.isDirectory()) removeUnfinished(path);
  }
}

function age(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}
