import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronRuntime, version as electronVersion } from './electronRuntime.mjs';
import { licenceTexts } from './licences.mjs';
import { capture, failure, has, root, run } from './processes.mjs';
import { setup } from './setup.mjs';
import { tryPackage } from './tryPackage.mjs';

const require = createRequire(import.meta.url);
const release = join(root, 'release');
const unpacked = join(release, 'linux-unpacked');
const { name, version, description } = require('../package.json');

/** `npm run dist`: release/linux-unpacked, a .tar.gz and a .deb, each tried as a user would. `--no-try` only makes them. */
export async function main(args) {
  if (process.platform !== 'linux')
    throw failure(
      '`npm run dist` makes the Linux packages; on this system use `npx electron-builder` (electron-builder.yml).',
    );
  setup('all');
  const runtime = await electronRuntime();
  writeFileSync(join(root, 'dist', 'LICENSES.packages.txt'), licenceTexts());
  rmSync(release, { recursive: true, force: true });
  await unpackedApp(runtime);
  const fuses = await readFuses(join(unpacked, name));
  console.log(`fuses: ${fuses}`);
  const packages = [tarGz(), ...(has('dpkg-deb') ? [deb()] : [])];
  console.log(`Electron ${electronVersion} from ${runtime.source}.`);
  if (runtime.source !== 'official download')
    console.log('That copy is for trying: packages for users are made where the official download can be reached.');
  for (const file of [unpacked, ...packages]) console.log(`made ${file.slice(root.length + 1)} (${sizeOf(file)})`);
  return args.includes('--no-try') ? 0 : await tryPackage(packages[0], fuses);
}

async function unpackedApp(runtime) {
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-dist-'));
  try {
    const electronDist = join(folder, 'electron');
    cpSync(runtime.folder, electronDist, { recursive: true, verbatimSymlinks: true });
    for (const path of ['ready', 'resources/default_app.asar']) rmSync(join(electronDist, path), { force: true });
    const builder = join(root, 'node_modules/electron-builder/cli.js');
    const settings = [`-c.electronDist=${electronDist}`, `-c.electronVersion=${electronVersion}`];
    const code = await run(process.execPath, [builder, '--linux', 'dir', '--publish', 'never', ...settings]);
    if (code !== 0) throw failure('electron-builder did not succeed, see above');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(join(unpacked, 'resources/default_app.asar'), { force: true });
}

/** The fuses as they are set in a binary, by name, in their own order. */
export async function readFuses(executable) {
  const { getCurrentFuseWire, FuseV1Options } = require('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  return Object.keys(wire)
    .filter((key) => /^\d+$/.test(key))
    .map((key) => `${FuseV1Options[key]} ${wire[key] === 49 ? 'on' : 'off'}`)
    .join(', ');
}

function sh(command, args, options) {
  const { code, stderr } = capture(command, args, options);
  if (code !== 0) throw failure(`${command} did not succeed: ${stderr.trim()}`);
}

function tarGz() {
  const file = join(release, `${name}-${version}-linux-x64.tar.gz`);
  sh('tar', [
    '-C',
    release,
    '--owner=0',
    '--group=0',
    '--transform',
    `s,^linux-unpacked,${name}-${version},`,
    '-czf',
    file,
    'linux-unpacked',
  ]);
  return file;
}

function deb() {
  const tree = mkdtempSync(join(tmpdir(), 'spikedesk-deb-'));
  const file = join(release, `${name}_${version}_amd64.deb`);
  const put = (path, text) => {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  try {
    cpSync(unpacked, join(tree, 'opt', name), { recursive: true, verbatimSymlinks: true });
    put('DEBIAN/control', control(Math.ceil(Number(capture('du', ['-sk', unpacked]).stdout.split('\t')[0]))));
    put(`usr/share/applications/${name}.desktop`, DESKTOP);
    put(`usr/share/doc/${name}/copyright`, readFileSync(join(root, 'LICENSE')));
    put(`usr/share/icons/hicolor/512x512/apps/${name}.png`, readFileSync(join(root, 'resources/icon.png')));
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    symlinkSync(`/opt/${name}/${name}`, join(tree, 'usr/bin', name));
    sh('chmod', ['-R', 'u+rwX,go+rX,go-w', tree]);
    sh('chmod', ['4755', join(tree, 'opt', name, 'chrome-sandbox')]);
    sh('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file]);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return file;
}

const control = (kilobytes) => `Package: ${name}
Version: ${version}
Section: science
Priority: optional
Architecture: amd64
Maintainer: The Spikedesk developers <maintainers@spikedesk.invalid>
Installed-Size: ${kilobytes}
Depends: libgtk-3-0 | libgtk-3-0t64, libnss3, libx11-xcb1, libxss1, libgbm1, libasound2 | libasound2t64, libatspi2.0-0 | libatspi2.0-0t64, libsecret-1-0, libnotify4, xdg-utils
Description: ${description}
`;

const DESKTOP = `[Desktop Entry]
Type=Application
Name=Spikedesk
Comment=${description}
Exec=/opt/${name}/${name} %U
Icon=${name}
Categories=Science;
StartupWMClass=Spikedesk
`;

function sizeOf(path) {
  return existsSync(path)
    ? `${(Number(capture('du', ['-sk', path]).stdout.split('\t')[0]) / 1024).toFixed(0)} MB`
    : 'missing';
}
