import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { capture, failure, npm, removeLeftovers, root } from './processes.mjs';

const OFFLINE =
  /Exit handler never called|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;

/** Packages, then the build. `what` is 'core' (no window) or 'all'. Does nothing when all is up to date. */
export function setup(what, { quiet = false } = {}) {
  const say = quiet ? () => {} : (line) => console.log(line);
  installPackages(root, say);
  buildIfStale(what, say);
}

/** node_modules as package-lock.json says. Installed aside and moved into place whole: a killed set-up leaves nothing half. */
export function installPackages(folder, say) {
  const lock = readFileSync(join(folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const modules = join(folder, 'node_modules');
  const stamp = join(modules, '.spikedesk-setup');
  removeLeftovers(folder, '.setup-');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (installedByNpm(folder, JSON.parse(lock.toString()))) return writeFileSync(stamp, wanted);
  say('Installing the npm packages (needed once; about a minute) …');
  const aside = join(folder, `.setup-${process.pid}`);
  mkdirSync(aside);
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(join(folder, name), join(aside, name));
    const { code, stdout, stderr } = npm([...INSTALL, '--prefix', aside], {
      cwd: aside,
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    });
    // npm 10 can end with code 0 in the middle when the network fails ("Exit handler never called").
    if (code !== 0 || !installedByNpm(aside, JSON.parse(lock.toString()))) throw failure(whyNot(stderr || stdout));
    writeFileSync(join(aside, 'node_modules', '.spikedesk-setup'), wanted);
    if (existsSync(modules)) renameSync(modules, join(aside, 'old'));
    renameSync(join(aside, 'node_modules'), modules);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

const INSTALL = [
  'ci',
  '--ignore-scripts',
  '--prefer-offline',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

function whyNot(output) {
  if (OFFLINE.test(output))
    return [
      'Spikedesk could not fetch its npm packages: the npm registry cannot be reached.',
      'They are needed once. Connect to the network (or set the proxy with `npm config set proxy URL`) and run the same',
      `command again; later starts need no network. npm said: ${firstLine(output)}`,
    ].join('\n');
  if (/ENOSPC/.test(output))
    return 'Spikedesk could not install its npm packages: the disk is full (they need 600 MB). Free some space and run the same command again.';
  return `Spikedesk could not install its npm packages (npm ci failed). npm said:\n${output.trim()}`;
}

function firstLine(output) {
  const lines = output.split('\n').filter((line) => OFFLINE.test(line));
  return (lines.find((line) => line.includes('request to')) ?? lines[0] ?? '')
    .replace(/^npm (ERR!|error)\s*/, '')
    .trim();
}

/** npm writes node_modules/.package-lock.json at the end of an install: the same packages mean there is nothing to do. */
function installedByNpm(folder, lock) {
  const hidden = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  let installed;
  try {
    installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  } catch {
    return false; // cut off by a kill
  }
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true;
  });
}

const SOURCES = ['core', 'electron', 'renderer', 'resources', 'build.mjs', 'package-lock.json', 'tsconfig.json'];

function buildIfStale(what, say) {
  const wanted = sourcesHash();
  const stamps = { core: join(root, 'dist', '.built-core'), all: join(root, 'dist', '.built-all') };
  const fresh = (stamp) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (fresh(stamps.all) || (what === 'core' && fresh(stamps.core))) return;
  say(what === 'core' ? 'Building (without the window) …' : 'Building …');
  for (const stamp of Object.values(stamps)) rmSync(stamp, { force: true });
  const args = what === 'core' ? ['build.mjs', 'core'] : ['build.mjs'];
  const { code, stdout, stderr } = capture(process.execPath, args);
  if (code !== 0) throw failure(`The build failed.\n${(stdout + stderr).trim()}`);
  writeFileSync(stamps[what], wanted);
}

function sourcesHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(join(root, path))) return;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  };
  for (const source of SOURCES) {
    if (/\.\w+$/.test(source)) add(source);
    else if (existsSync(join(root, source))) for (const path of filesBelow(source)) add(path);
  }
  return hash.digest('hex');
}

/** Source files below `folder`, sorted; what the build itself writes (*.generated.*) and tests are left out. */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.generated\.|\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

export function main([what = 'all']) {
  setup(what);
}
