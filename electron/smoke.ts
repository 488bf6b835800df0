import { app, type BrowserWindow } from 'electron';
import type { Core } from './core.ts';

const LIMIT_MS = 120_000;

/**
 * `--smoke`, for the test of a package: waits until the window has painted and its page has asked for the port, runs
 * the demo session if asked (`--smoke=demo`), says so in one line and quits. Exit code 1 if any of it fails or hangs.
 */
export async function smoke(window: BrowserWindow, connected: Promise<void>, core: Core): Promise<void> {
  const painted = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()));
  const timer = setTimeout(() => finish(`failed: nothing after ${LIMIT_MS / 1000} s`, 1), LIMIT_MS);
  try {
    await Promise.all([painted, connected]);
    const { electron, chrome } = process.versions;
    const about = `Electron ${electron}, Chromium ${chrome}, packaged ${app.isPackaged}`;
    const demo = app.commandLine.getSwitchValue('smoke') === 'demo' ? `, demo ${await core.demo()}` : '';
    finish(`window painted, page connected${demo}; ${about}`, 0);
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
