import { electronRuntime } from './electronRuntime.mjs';
import { isRoot, root, run } from './processes.mjs';
import { setup } from './setup.mjs';
import { ensureWindowLibraries } from './systemLibraries.mjs';

/** `npm start`: everything that is missing, then the window; without a display the demo under plain Node. */
export async function main(args) {
  const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
  if (!display) {
    console.log(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): running the demo session without a window.',
    );
    setup('core');
    return await run(process.execPath, ['dist/cli.mjs', 'demo', ...args]);
  }
  setup('all');
  const runtime = await electronRuntime();
  console.log(`Electron: ${runtime.source}`);
  await ensureWindowLibraries(runtime.executable);
  if (isRoot) console.log("As root, Chromium's sandbox cannot be on; start Spikedesk as an ordinary user to have it.");
  return await run(runtime.executable, [root, ...(isRoot ? ['--no-sandbox'] : []), ...args], {
    env: withoutNodeMode(process.env),
  });
}

/** ELECTRON_RUN_AS_NODE (set in some editors' terminals) would start a plain Node. */
function withoutNodeMode({ ELECTRON_RUN_AS_NODE: _, ...env }) {
  return env;
}
