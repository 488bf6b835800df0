import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
]);
const SOURCES = ['core', 'electron', 'renderer'];

const IMPORT = /^(?:import|export)\s[^'";=()]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm;

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** Names of the packages our shipped sources import, by reading their import lines. */
export function importedPackages() {
  const names = new Set();
  for (const folder of SOURCES)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [, from, bare] of source.matchAll(IMPORT)) {
        const name = packageOf(from ?? bare);
        if (name) names.add(name);
      }
    }
  return names;
}

function packageOf(from) {
  if (/^[./]|^node:|^electron$/.test(from)) return undefined; // electron is the runtime, with its own licence file
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Everything that ends up in a package of ours: what the sources import, and what that depends on. */
export function runtimePackages() {
  const found = new Map();
  const visit = (name, from) => {
    const folder = resolve(name, from);
    if (!folder || found.has(folder)) return;
    const manifest = readJson(folder, 'package.json');
    found.set(folder, { folder, name: manifest.name, version: manifest.version, licence: licenceOf(manifest) });
    for (const next of Object.keys(manifest.dependencies ?? {})) visit(next, folder);
  };
  for (const name of importedPackages()) visit(name, '');
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Where Node would find `name` from a package's folder; undefined for what is types only or not installed. */
function resolve(name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules')))) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(root, candidate, 'package.json'))) return candidate;
    if (folder === '') return undefined;
  }
}

function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license.replace(/^\((.*)\)$/, '$1');
  return (licenses ?? [license]).map((one) => one?.type ?? 'none').join(' OR ');
}

/** What is wrong: a licence that is not on the list, or a package used but not named in package.json. */
export function licenceFaults() {
  const { dependencies, devDependencies } = readJson('package.json');
  const declared = { ...dependencies, ...devDependencies };
  const undeclared = [...importedPackages()].filter((name) => !(name in declared));
  const loose = Object.entries(declared).filter(
    ([, range]) => !/^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+$/.test(range),
  );
  const refused = runtimePackages().filter(({ licence }) => !licence.split(' OR ').some((one) => ALLOWED.has(one)));
  return [
    ...undeclared.map((name) => `${name} is imported but not in package.json`),
    ...loose.map(([name, range]) => `package.json: ${name} is not pinned exactly (${range})`),
    ...refused.map(({ name, version, licence }) => `${name} ${version}: the licence "${licence}" is not on the list`),
  ];
}

/** The licence texts of everything in a package, for the file that is shipped with it. */
export function licenceTexts() {
  return runtimePackages()
    .map(({ folder, name, version, licence }) => {
      const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
      const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : `Licence: ${licence}`;
      return `${name} ${version}\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
