import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, failure, has, isRoot, root, run } from './processes.mjs';
import { installSystemPackages } from './systemLibraries.mjs';

const USER = 'spikedesk-e2e';
const SCREEN = '-screen 0 2560x1600x24';

/**
 * Runs `work({folder, output, exec, capture})` with a temporary folder whose commands run as an ordinary user on a
 * display of their own, so that Chromium's sandbox is on: as root that is a user made for it. Only `output` (and the
 * home folder) can be written by it. `exec([command, …], env)` gives the exit code, `capture` also the output.
 */
export async function asOrdinaryUser(work) {
  if (process.platform === 'linux' && !has('xvfb-run')) await installSystemPackages(['xvfb', 'xauth']);
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-user-'));
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  const output = join(folder, 'output');
  for (const path of [home, output]) mkdirSync(path);
  try {
    const command = isRoot ? asUser(folder, home, output) : asOurselves(home);
    return await work({
      folder,
      output,
      exec: (argv, env) => run(...command(argv, env)),
      capture: (argv, env) => capture(...command(argv, env)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asOurselves(home) {
  return (argv, env = {}) => {
    const [command, ...args] = onDisplay(argv);
    return [command, args, { cwd: root, env: { ...process.env, HOME: home, ...env } }];
  };
}

function asUser(folder, home, output) {
  makeUser();
  capture('chown', [USER, home, output]);
  mkdirSync('/tmp/.X11-unix', { recursive: true });
  chmodSync('/tmp/.X11-unix', 0o1777);
  const node = readableNode(folder);
  return (argv, env = {}) => {
    const settings = { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8', ...env };
    const assigned = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const command = argv.map((word) => (word === process.execPath ? node : word));
    return ['runuser', ['-u', USER, '--', 'env', '-i', ...assigned, ...onDisplay(command)], { cwd: folder }];
  };
}

function onDisplay(argv) {
  return process.platform === 'linux' ? ['xvfb-run', '-a', '-s', SCREEN, ...argv] : argv;
}

function makeUser() {
  if (capture('id', [USER]).code === 0) return;
  const { code, stderr } = capture('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', USER]);
  if (code !== 0) throw failure(`Could not make the ordinary user ${USER} the app is tried as: ${stderr.trim()}`);
}

/** Our own Node, or a copy of it when it lies in a home folder the user cannot enter. */
function readableNode(folder) {
  if (capture('runuser', ['-u', USER, '--', process.execPath, '--version']).code === 0) return process.execPath;
  const copy = join(folder, 'node');
  cpSync(process.execPath, copy);
  chmodSync(copy, 0o755);
  return copy;
}
