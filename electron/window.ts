import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { PAGE_URL, WEB_PREFERENCES } from './security.ts';
import { readPlace, writePlace } from './windowPlace.ts';

/** A page that crashes more often than this within a minute is not loaded again by itself. */
const MAX_CRASHES = 3;
const MINUTE = 60_000;

/** Opens a window on our page, where it was last time, and shows it once painted. */
export function openWindow(preload: string): BrowserWindow {
  const placeFile = join(app.getPath('userData'), 'window.json');
  const place = readPlace(
    placeFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    width: place?.width ?? 1440,
    height: place?.height ?? 900,
    ...(place && { x: place.x, y: place.y }),
    minWidth: 800,
    minHeight: 500,
    show: false,
    backgroundColor: '#0f1114',
    title: 'Spikedesk',
    webPreferences: { ...WEB_PREFERENCES, preload, devTools: !app.isPackaged },
  });
  window.once('ready-to-show', () => {
    if (place?.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => writePlace(placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  reloadAfterCrash(window);
  void window.loadURL(PAGE_URL);
  return window;
}

/** Core lives on in this process, so a new page is back where the old one was. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    console.error(`spikedesk: the page's process ended (${reason}, code ${exitCode})`);
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < MINUTE), now];
    if (crashes.length <= MAX_CRASHES) window.webContents.reload();
  });
}
