import { setTimeout as wait } from 'node:timers/promises';
import { app, type BrowserWindow } from 'electron';
import { isPlain } from './plain.ts';

/** The window's upper edge always holds words: the title bar, or the tabs of the views. CSS pixels. */
const EDGE = 36;
/** New graphics have this long to show them, ms; after each time in vain twice as long. */
const PATIENCE = 400;
const MOST_TIMES = 3;
const LOOK_EACH = 50;
/** No new process after this long, ms: Chromium does without one. */
const NONE_COMES = 10_000;

/**
 * Sees to it that the window is painted again after the process of all graphics has ended. Where the page is put
 * together in software, Chromium at times goes on without all that is not WebGL, words and tables, until the next end of
 * that process (one in about 25, Chromium 130): then it is ended once more.
 */
export function keepPainted(window: BrowserWindow): void {
  let watching = false;
  app.on('child-process-gone', (_event, { type }) => {
    if (type !== 'GPU' || watching) return;
    watching = true;
    void repaint(window).finally(() => {
      watching = false;
    });
  });
}

async function repaint(window: BrowserWindow): Promise<void> {
  for (let time = 0; time < MOST_TIMES; time++) {
    if (await isPainted(window, PATIENCE * 2 ** time)) return;
    const pid = graphicsPid();
    if (pid === undefined) continue;
    console.error('spikedesk: the window was not painted again: graphics are started once more');
    process.kill(pid, 'SIGKILL');
  }
}

function graphicsPid(): number | undefined {
  return app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid;
}

/** Whether words are seen within that time after there are graphics. A window that cannot be seen counts as painted. */
async function isPainted(window: BrowserWindow, withinMs: number): Promise<boolean> {
  const start = performance.now();
  let since: number | undefined;
  while (since === undefined || performance.now() - since < withinMs) {
    await wait(LOOK_EACH);
    if (window.isDestroyed() || !window.isVisible() || window.isMinimized()) return true;
    if (graphicsPid() === undefined) {
      if (performance.now() - start > NONE_COMES) return true;
      continue;
    }
    since ??= performance.now();
    const { width = 0 } = window.getContentBounds();
    const edge = await window.webContents.capturePage({ x: 0, y: 0, width, height: EDGE });
    if (!isPlain(edge.toBitmap())) return true;
  }
  return false;
}
