import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boundaryFaults } from './boundaries.mjs';
import { missingFromLock } from './completeLock.mjs';
import { capture, root } from './processes.mjs';
import { installPackages } from './setup.mjs';

const tool = (path, args) => () => {
  const { code, stdout, stderr } = capture(process.execPath, [join(root, 'node_modules', path), ...args]);
  return code === 0 ? [] : [(stdout + stderr).trim()];
};

const CHECKS = {
  types: tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  'format, lint, import boundaries': tool('@biomejs/biome/bin/biome', [
    'ci',
    '--error-on-warnings',
    '--max-diagnostics=100',
  ]),
  'entries of lists': () => boundaryFaults(root),
  'unused code': tool('knip/bin/knip.js', ['--no-progress']),
  'licences, versions': async () => (await import('./licences.mjs')).licenceFaults(),
  'lock file': lockFaults,
  'no code from strings': codeFromStrings,
};

/** `npm run check`: everything that can be said of the sources without running them. */
export async function main() {
  installPackages(root, console.log);
  let failed = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    const start = performance.now();
    const faults = await check();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    for (const fault of faults) console.log(fault);
    if (faults.length > 0) failed++;
  }
  console.log(`${Object.keys(CHECKS).length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function lockFaults() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const missing = missingFromLock(packages).map(
    ([path]) => `package-lock.json lacks ${path}: node scripts/run.cjs completeLock`,
  );
  const hosts = Object.entries(packages).filter(
    ([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  return [...missing, ...hosts.map(([path]) => `package-lock.json: ${path} is tied to one registry`)];
}

/** eval and Function( in our own sources; the page's policy refuses them, main and the workers have no such policy. */
export function codeFromStrings() {
  const banned = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*['"`]|\bvm\.run|from 'node:vm'/;
  const faults = [];
  for (const folder of ['core', 'electron', 'renderer', 'scripts'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.([cm]?[jt]s|tsx)$/.test(entry.name) || /\.(test|generated)\./.test(entry.name))
        continue;
      const path = join(entry.parentPath, entry.name);
      if (path === join(root, 'scripts/check.mjs')) continue;
      readFileSync(path, 'utf8')
        .split('\n')
        .forEach((line, i) => {
          if (banned.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
            faults.push(`${path.slice(root.length + 1)}:${i + 1}: ${line.trim()}`);
        });
    }
  return faults;
}
