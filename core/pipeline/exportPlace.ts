import { existsSync } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exporters } from '../exporters/index.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Session } from '../shared/session.ts';
import { fileError } from '../store/fileError.ts';
import { hashJson } from '../store/hash.ts';
import { type Marker, readMarker } from './marker.ts';
import { fromSession, type Workspace } from './workspace.ts';

type Export = Session['exports'][number];

/** Where an export goes. */
export function exportTarget(workspace: Workspace, { folder }: Export): string {
  return fromSession(workspace, folder);
}

/** The export that lies in its folder, and the key it would have now. UserError if something else lies there. */
export async function exportMarker(
  workspace: Workspace,
  entry: Export,
  analyze: string | undefined,
  curation: string,
): Promise<{ readonly marker: Marker | undefined; readonly key: string | undefined }> {
  const exporter = findEntry(exporters, 'exporter', entry.name);
  const params = parseParams(exporter, 'exporter', entry.params) as Readonly<Record<string, Json>>;
  const marker = await readMarker(exportTarget(workspace, entry));
  return { marker, key: analyze && hashJson({ exporter: exporter.name, params, analyze, curation }) };
}

// Our marker, phy's cache and its log.
const NO_WORK = /^(spikedesk\.json|\.phy|phy\.log)$/;

/** Sizes of all files of an export, by their path in it. */
export async function fileSizes(folder: string, below = ''): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (NO_WORK.test(entry.name)) continue;
    if (entry.isDirectory()) Object.assign(sizes, await fileSizes(folder, path));
    else sizes[path] = (await stat(join(folder, path))).size;
  }
  return sizes;
}

/** UserError if an export of the session could not be written where it is to go. */
export async function checkTargets(workspace: Workspace): Promise<void> {
  for (const entry of workspace.session.exports) {
    const target = exportTarget(workspace, entry);
    await checkWritable(target);
    const marker = await readMarker(target);
    if (marker) await refuseTouched(target, marker);
  }
}

/** The folder, or the one it will be made in. */
async function checkWritable(target: string): Promise<void> {
  let there = target;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    if (!(await stat(there)).isDirectory())
      throw new UserError(`${there} is a file, not a folder`, { path: there, hint: 'Choose another folder.' });
    await access(there === target ? dirname(there) : there, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileError(error, 'write', target);
  }
}

/** An export that was worked in since (phy saves its curation there) is never replaced. */
export async function refuseTouched(target: string, marker: Marker): Promise<void> {
  const then = marker.more.files;
  const now = await fileSizes(target);
  const made = Date.parse(String(marker.more.madeAt ?? ''));
  for (const [path, size] of Object.entries(now)) {
    const known =
      typeof then === 'object' && then !== null && !Array.isArray(then)
        ? (then as Record<string, Json>)[path]
        : undefined;
    const later = (await stat(join(target, path))).mtimeMs > made + 2000;
    if (known === size && !later) continue;
    throw new UserError(`${target} was changed since it was exported (${path})`, {
      path: target,
      hint: 'Was it curated in phy? Choose another folder for the new export, or remove this one.',
    });
  }
}
