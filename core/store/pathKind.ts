import { type Dirent, readdirSync, statSync } from 'node:fs';
import { fileError } from './fileError.ts';

/** What lies at `path`, links followed; 'nothing' also where it cannot be looked at (no permission, a name too long). */
export function pathKind(path: string): 'file' | 'folder' | 'nothing' {
  try {
    const stat = statSync(path);
    if (stat.isFile()) return 'file';
    return stat.isDirectory() ? 'folder' : 'nothing';
  } catch {
    return 'nothing';
  }
}

export function isFile(path: string): boolean {
  return pathKind(path) === 'file';
}

export function isFolder(path: string): boolean {
  return pathKind(path) === 'folder';
}

/** What lies in a folder, by name. UserError if it cannot be read. */
export function listFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw fileError(error, 'read', folder);
  }
}
