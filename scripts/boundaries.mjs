import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/*
 * The import rules Biome's patterns cannot say (the others are in biome.json, a folder each): an entry of a list never
 * imports another entry of it, and a kernel imports kernels only.
 */

const LISTS = [
  'core/formats',
  'core/preprocess',
  'core/analyzer/extensions',
  'core/metrics',
  'core/sorters',
  'core/exporters',
  'renderer/views',
];
const VALUES = /^(?:import|export)\s(?!type\b)[^'";=()]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const IMPORT = /\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm;

export function boundaryFaults(root) {
  const faults = [];
  for (const folder of LISTS) {
    const entries = new Set(valuesOf(root, `${folder}/index.ts`).filter((from) => from.startsWith('./')));
    for (const entry of entries)
      for (const from of importsOf(root, join(folder, entry)))
        if (entries.has(from) && from !== entry)
          faults.push(`${join(folder, entry)} imports ${from}: an entry of a list never imports another`);
  }
  const kernels = existsSync(join(root, 'core/kernels')) ? readdirSync(join(root, 'core/kernels')) : [];
  for (const name of kernels.filter((name) => /(?<!\.test)\.ts$/.test(name)))
    for (const from of importsOf(root, `core/kernels/${name}`))
      if (from !== `./${basename(from)}`)
        faults.push(`core/kernels/${name} imports ${from}: kernels import kernels only`);
  return faults;
}

/** The modules a list takes values from: its entries. */
function valuesOf(root, path) {
  if (!existsSync(join(root, path))) return [];
  return [...readFileSync(join(root, path), 'utf8').matchAll(VALUES)].map(([, from]) => from);
}

function importsOf(root, path) {
  if (!existsSync(join(root, path))) return [];
  return [...readFileSync(join(root, path), 'utf8').matchAll(IMPORT)].map(([, from, bare]) => from ?? bare);
}
