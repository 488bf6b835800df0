import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { phyFolder } from '../formats/phy.ts';
import { fileError } from '../store/fileError.ts';
import { isFile } from '../store/pathKind.ts';
import { analyzerUnits } from './analyzerUnits.ts';
import { sortingUnits } from './sortingUnits.ts';
import type { UnitsAt, UnitsSource } from './source.ts';

/** The sorting this thread read last: read once a thread, and again when its files have changed. */
let kept: { readonly key: string; readonly value: Promise<UnitsSource> } | undefined;

/** What is known of the units there. Of an analyzer, its cache keeps what was read. */
export async function openUnits(at: UnitsAt): Promise<UnitsSource> {
  if (at.kind === 'analyzer') return analyzerUnits(at.folder);
  const key = JSON.stringify([at, stamps(at.path)]);
  if (kept?.key !== key) {
    const fresh = { key, value: sortingUnits(at) };
    kept = fresh;
    fresh.value.catch(() => {
      if (kept === fresh) kept = undefined;
    });
  }
  return kept.value;
}

/** Of every file of the folder: changes when one is written (folders within, such as the curation's, do not count). */
function stamps(path: string): string {
  try {
    const folder = phyFolder(path) ?? path;
    const files = isFile(folder) ? [folder] : readdirSync(folder).map((name) => join(folder, name));
    return files
      .map((file) => statSync(file, { throwIfNoEntry: false }))
      .filter((stat) => stat?.isFile())
      .map((stat) => `${stat?.ino}:${stat?.mtimeMs}:${stat?.size}`)
      .join(' ');
  } catch (error) {
    throw fileError(error, 'read', path); // a drive that is gone
  }
}
