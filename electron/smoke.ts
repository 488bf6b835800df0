import { app, type BrowserWindow } from 'electron';

const LIMIT_MS = 60_000;

/**
 * `--smoke`, for the test of a package: waits until the window has painted and its page has asked for the port, does
 * `work` (`--smoke=demo`: the demo session), says so in one line and quits. Exit code 1 if any of it fails or hangs.
 */
export async function smoke(
  window: BrowserWindow,
  connected: Promise<void>,
  work: () => Promise<string>,
): Promise<void> {
  const timer = setTimeout(() => finish(`failed: nothing after ${LIMIT_MS / 1000} s`, 1), LIMIT_MS);
  try {
    const painted = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
    await Promise.all([painted, connected]);
    const done = await work();
    const { electron, chrome } = process.versions;
    finish(
      `window painted, page connected${done}; Electron ${electron}, Chromium ${chrome}, packaged ${app.isPackaged}`,
      0,
    );
  } catch (error) {
    finish(`failed: ${error instanceof Error ? error.message : error}`, 1);
  } finally {
    clearTimeout(timer);
  }
}

function finish(line: string, code: number): void {
  console.log(`smoke: ${line}`);
  app.exit(code);
}
