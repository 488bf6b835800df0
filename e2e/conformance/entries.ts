import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../core/shared/zod.ts';

const filesJson = z.record(z.string(), z.object({ kind: z.string() }));

/** An array or a table in a file of its own. */
const isArray = /\.(npy|npz|csv|tsv|raw)$/;

/**
 * Every array and table of each area: those listed in files.json, and for a listed folder each one inside (a zarr
 * array is a folder with a .zarray).
 */
export function goldenEntries(golden: string): Map<string, string[]> {
  const areas = new Map<string, string[]>();
  const listed = filesJson.parse(JSON.parse(readFileSync(join(golden, 'files.json'), 'utf8')));
  for (const [path, { kind }] of Object.entries(listed)) {
    const name = areaOf(path);
    if (name === undefined) continue;
    const entries = kind === 'folder' ? inside(golden, path) : [path];
    areas.set(name, [...(areas.get(name) ?? []), ...entries]);
  }
  for (const entries of areas.values()) entries.sort();
  return new Map([...areas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The top folder; phy_export_phylib.json tells of phy_export. Other top files (versions.json) are no results. */
function areaOf(path: string): string | undefined {
  if (path.startsWith('phy_export')) return 'phy_export';
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
}

function inside(golden: string, folder: string): string[] {
  return readdirSync(join(golden, folder), { withFileTypes: true }).flatMap((file) => {
    const path = `${folder}/${file.name}`;
    if (file.isDirectory()) return inside(golden, path);
    if (file.name === '.zarray') return [folder];
    return isArray.test(file.name) ? [path] : [];
  });
}
