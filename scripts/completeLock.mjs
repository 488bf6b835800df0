import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

/*
 * A registry that does not carry the binaries for other systems makes npm leave them out of package-lock.json, and
 * `npm ci` then refuses the lock where the registry does carry them, or asks for each again. They are written in: the
 * version is the exact one their owner asks for, the system is in their name. Run after every change of the packages:
 *   node scripts/run.cjs completeLock
 */

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Optional packages an entry asks for and the lock does not hold: `[path in the lock, entry]`. */
export function missingFromLock(packages) {
  const missing = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages))
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (holds(packages, path, name)) continue;
      const parts = name.split(/[/-]/);
      const libc = parts.at(-1).startsWith('musl') ? 'musl' : parts.at(-1).startsWith('gnu') ? 'glibc' : undefined;
      const entry = {
        version,
        cpu: parts.filter((part) => CPU.includes(part)),
        ...(dev && { dev }),
        ...(libc && { libc: [libc] }),
        optional: true,
        os: parts.filter((part) => OS.includes(part)),
      };
      if (!/^\d+\.\d+\.\d+$/.test(version) || entry.os.length !== 1)
        throw new Error(`package-lock.json lacks ${name}@${version}, and its name does not say the system it is for`);
      missing.push([`node_modules/${name}`, entry]);
    }
  return missing;
}

/** As Node looks a package up: in the folder of the one that asks, then in those above. */
function holds(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}

export function main() {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingFromLock(lock.packages);
  const entries = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  entries.sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, undefined, 2)}\n`);
  console.log(`${missing.length} written into package-lock.json`);
}
