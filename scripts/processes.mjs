import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
export const isRoot = process.getuid?.() === 0;

/** A failure already put into words for the user: run.cjs prints its message without a stack. */
export function failure(message) {
  return Object.assign(new Error(message), { expected: true });
}

/** Runs a command with the terminal handed through; resolves to its exit code. Signals sent to us reach it. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, ...options });
    // Ctrl+C in a terminal reaches the child by itself; a second one would mean "at once".
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** Runs a command to its end and gives `{code, stdout, stderr}`; code 127 when there is no such command. */
export function capture(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: root,
    maxBuffer: 64 << 20,
    ...options,
  });
  const code = status ?? (error && error.code === 'ENOENT' ? 127 : 1);
  return { code, stdout: stdout ?? '', stderr: (stderr ?? '') + (error ? error.message : '') };
}

export function has(command) {
  return capture('sh', ['-c', `command -v ${command}`]).code === 0;
}

/** npm as the command that started us (`npm start` tells its own path), else the one on the PATH. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return capture(process.execPath, [cli, ...args], options);
  return capture(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    shell: process.platform === 'win32',
    ...options,
  });
}

/** Removes what runs that were killed left in `folder` under PREFIX + their process id. */
export function removeLeftovers(folder, prefix) {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isInteger(pid) && !alive(pid))
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
