import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, failure, has, isRoot, run } from './processes.mjs';

/** What a window needs of Debian and Ubuntu; the rest comes with these. Newer releases name some of them …t64. */
const WINDOW_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libx11-xcb1',
];
/** Opened by Chromium while it runs, so that ldd does not name them: without them the window's process dies at once. */
const LOADED_LATER = ['libX11-xcb.so.1'];
const T64 = new Set(['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0', 'libcups2']);

/** The shared libraries Electron asks for and the system does not have. */
export function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  const folder = dirname(executable);
  const files = [
    executable,
    ...readdirSync(folder)
      .filter((name) => /\.so(\.\d+)?$/.test(name))
      .map((name) => join(folder, name)),
  ];
  const { stdout } = capture('ldd', files, { env: { ...process.env, LD_LIBRARY_PATH: folder } });
  const linked = [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1]);
  return [...new Set([...linked, ...LOADED_LATER.filter((name) => !isKnown(name))])];
}

/** Whether the loader's list has it; without the list it counts as there. */
function isKnown(name) {
  const { code, stdout } = capture('/sbin/ldconfig', ['-p']);
  return code !== 0 || stdout.includes(`${name} `);
}

/** Sees to it that Electron's libraries are there: installs them as root, else says the exact line that does. */
export async function ensureWindowLibraries(executable, say = console.log) {
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  say(`The window needs system libraries that are missing: ${missing.join(' ')}`);
  await installSystemPackages(WINDOW_PACKAGES, say);
  const still = missingLibraries(executable);
  if (still.length > 0) throw failure(`Still missing after the installation: ${still.join(' ')}`);
}

/** Installs Debian packages when root; otherwise throws with the line to type. */
export async function installSystemPackages(names, say = console.log) {
  if (!has('apt-get'))
    throw failure(
      `Install the packages that hold them with your system's package manager (on Debian: ${names.join(' ')}).`,
    );
  if (isRoot && noPackageLists()) await apt(['update']);
  const packages = names.map(currentName);
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isRoot) throw failure(`Install them with this line, then run the same command again:\n  sudo ${line}`);
  say(`Installing them: ${line}`);
  if ((await apt(line.split(' ').slice(1))) === 0) return;
  await apt(['update']); // the lists were older than the server
  if ((await apt(line.split(' ').slice(1))) !== 0) throw failure(`This did not succeed, please look into it: ${line}`);
}

function noPackageLists() {
  const lists = '/var/lib/apt/lists';
  return !existsSync(lists) || !readdirSync(lists).some((name) => name.includes('_Packages'));
}

function currentName(name) {
  return T64.has(name) && /^Package:/m.test(capture('apt-cache', ['show', `${name}t64`]).stdout) ? `${name}t64` : name;
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
