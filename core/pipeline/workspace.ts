import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Session } from '../shared/session.ts';

/** A session and where it lies: results are beside session.json. */
export interface Workspace {
  readonly session: Session;
  /** session.json, which may not exist yet. */
  readonly file: string;
}

export function folderOf({ file }: Workspace): string {
  return dirname(file);
}

/** A path of session.json, absolute. */
export function fromSession(workspace: Workspace, path: string): string {
  return resolve(folderOf(workspace), path);
}

/** A path as session.json has it: relative where it lies in or near the session's folder, so both can be moved together. */
export function forSession(folder: string, path: string): string {
  const way = relative(folder, path);
  const steps = way.split(sep);
  const near = !isAbsolute(way) && steps.filter((step) => step === '..').length <= 2;
  return near ? steps.join('/') : path;
}
