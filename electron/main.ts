import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, Menu, MessageChannelMain, protocol, session } from 'electron';
import { type Methods, serve } from '../core/shared/rpc.ts';
import { CHANNELS } from './channels.ts';
import { type Core, openCore } from './core.ts';
import { answerDesktop } from './desktop.ts';
import { keepPainted } from './graphics.ts';
import { answerRequest, listPageFiles } from './pageFiles.ts';
import { mainPort } from './ports.ts';
import { SCHEME, secureContents, secureSession } from './security.ts';
import { smoke } from './smoke.ts';
import { openWindow } from './window.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// Chromium's sandbox refuses root, who must start us with --no-sandbox; the page has no Node in either case.
if (process.getuid?.() !== 0) app.enableSandbox();
// Without it WebGL is gone for good after the third crash of the GPU process.
app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
app.disableDomainBlockingFor3DAPIs(); // nor is our page refused new contexts after crashes
// Machines without a GPU (remote desktops, CI) draw in software; newer Chromium does so only when asked.
app.commandLine.appendSwitch('enable-unsafe-swiftshader');
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
secureContents(app);

if (!app.requestSingleInstanceLock()) {
  console.error('Spikedesk is already running: its window comes to the front.');
  app.quit();
} else {
  // Not awaited here: Electron becomes ready only once this module has been evaluated.
  void app.whenReady().then(start);
}

function start(): void {
  const files = listPageFiles(beside('./renderer'));
  secureSession(session.defaultSession);
  session.defaultSession.protocol.handle(SCHEME, (request) => answerRequest(files, request));
  if (process.platform === 'darwin')
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]),
    );
  else Menu.setApplicationMenu(null);

  const core = openCore();
  closeAtQuit(core);
  const windows = new Map<number, BrowserWindow>();
  let pageConnected = () => {};
  const connected = new Promise<void>((resolve) => {
    pageConnected = resolve;
  });
  answerDesktop(windows, (window) => {
    connect(window, core.methods);
    pageConnected();
  });
  const window = openWindow(beside('./preload.cjs'));
  const { id } = window.webContents;
  windows.set(id, window);
  window.on('closed', () => windows.delete(id));
  window.once('show', () => core.warm());
  keepPainted(window);
  if (app.commandLine.hasSwitch('smoke')) void smoke(window, connected, core);
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
}

/** One port of its own for each load of the page; the page's end closing cancels what it asked for. */
function connect(window: BrowserWindow, methods: Methods): void {
  const { port1, port2 } = new MessageChannelMain();
  serve(mainPort(port1), methods);
  window.webContents.postMessage(CHANNELS.port, undefined, [port2]);
}

/** Quitting waits until core has let go of its files and threads, but not for ever. */
function closeAtQuit(core: Core): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    const timer = setTimeout(() => app.exit(1), 5000);
    void core
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        clearTimeout(timer);
        app.quit();
      });
  });
}
