import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronRuntime } from './electronRuntime.mjs';
import { capture, failure, has, isRoot, root, run } from './processes.mjs';
import { ensureWindowLibraries, installSystemPackages } from './systemLibraries.mjs';

const USER = 'spikedesk-e2e';
const SCREEN = '-screen 0 2560x1600x24';

/**
 * Runs `work(stage)` with a place where the built app can be tried as an ordinary user, Chromium's sandbox on, on a
 * display of its own. As root that is a copy readable by a user made for it; otherwise it is the checkout itself.
 * stage: {app, electron, output, exec(args, env)}, `exec` runs Node in it and gives its exit code.
 */
export async function asOrdinaryUser(work) {
  const runtime = await electronRuntime();
  await ensureWindowLibraries(runtime.executable);
  if (process.platform === 'linux' && !has('xvfb-run')) await installSystemPackages(['xvfb', 'xauth']);
  const stage = isRoot ? stageFor(runtime) : ownStage(runtime);
  try {
    return await work(stage);
  } finally {
    stage.clear();
  }
}

function ownStage(runtime) {
  const output = mkdtempSync(join(tmpdir(), 'spikedesk-e2e-'));
  return {
    app: root,
    electron: runtime.executable,
    output,
    exec: (args, env) => run(...onDisplay([process.execPath, ...args]), { env: { ...process.env, ...env } }),
    clear: () => rmSync(output, { recursive: true, force: true }),
  };
}

function stageFor(runtime) {
  makeUser();
  mkdirSync('/tmp/.X11-unix', { recursive: true });
  chmodSync('/tmp/.X11-unix', 0o1777);
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-e2e-'));
  chmodSync(folder, 0o755);
  const app = join(folder, 'app');
  for (const path of ['package.json', 'dist', 'e2e', 'node_modules/playwright', 'node_modules/playwright-core'])
    if (existsSync(join(root, path))) cpSync(join(root, path), join(app, path), { recursive: true });
  link(runtime.folder, join(folder, 'electron'));
  const home = join(folder, 'home');
  const output = join(folder, 'output');
  for (const path of [home, output]) mkdirSync(path);
  capture('chown', ['-R', USER, home, output]);
  const node = readableNode(folder);
  return {
    app,
    electron: join(folder, 'electron', runtime.executable.slice(runtime.folder.length + 1)),
    output,
    exec(args, env) {
      const settings = { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8', ...env };
      const assigned = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
      const [command, display] = onDisplay([node, ...args]);
      return run('runuser', ['-u', USER, '--', 'env', '-i', ...assigned, command, ...display], { cwd: app });
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function onDisplay([command, ...args]) {
  return process.platform === 'linux' ? ['xvfb-run', ['-a', '-s', SCREEN, command, ...args]] : [command, args];
}

function makeUser() {
  if (capture('id', [USER]).code === 0) return;
  const { code, stderr } = capture('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', USER]);
  if (code !== 0) throw failure(`Could not make the ordinary user ${USER} the tests run as: ${stderr.trim()}`);
}

/** The runtime is 260 MB: hard links where the file system allows it. */
function link(from, to) {
  if (capture('cp', ['-al', from, to]).code !== 0) cpSync(from, to, { recursive: true });
  capture('chmod', ['-R', 'a+rX', to]);
}

/** Our own Node, or a copy of it when it lies in a home folder the user cannot enter. */
function readableNode(folder) {
  if (capture('runuser', ['-u', USER, '--', process.execPath, '--version']).code === 0) return process.execPath;
  const copy = join(folder, 'node');
  cpSync(process.execPath, copy);
  chmodSync(copy, 0o755);
  return copy;
}
