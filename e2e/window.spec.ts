import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appFolder, expect, launch, test } from './launch.ts';

test('the window comes back with the size and place it had', async ({ home }) => {
  const place = { x: 60, y: 80, width: 1000, height: 700 };
  const first = await launch(home);
  await first.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await first.page.waitForTimeout(200);
  await first.close();
  const second = await launch(home);
  expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
    place,
  );
  await second.close();
});

test('a second start brings the first window to the front and ends', async ({ desk: { app }, home }) => {
  const child = spawn(process.env.SPIKEDESK_ELECTRON ?? '', [appFolder], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: `${home}/.config` },
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(said).toContain('Spikedesk is already running');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a page whose process crashed is loaded again, with a port of its own', async ({ desk: { app } }) => {
  const back = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return undefined;
    const seconds = performance.now();
    const gone = new Promise<void>((resolve) => contents.once('render-process-gone', () => resolve()));
    contents.forcefullyCrashRenderer();
    await gone; // the end of the first load may still be on its way
    await new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()));
    const drawn: unknown = await contents.executeJavaScript(
      "new Promise((resolve) => { const look = () => document.querySelector('#root button') ? resolve(true) : setTimeout(look, 20); look(); })",
    );
    return { drawn, ms: performance.now() - seconds };
  });
  console.log(`back after ${back?.ms.toFixed(0)} ms`);
  expect(back?.drawn).toBe(true);
  expect(back?.ms).toBeLessThan(5000);
});

/** Whether the page can draw: a context of its own, made now. */
const canDraw = () => document.createElement('canvas').getContext('webgl')?.isContextLost() === false;

test('graphics come back after every crash of their process, also more than Chromium allows', async ({ desk }) => {
  test.setTimeout(120_000);
  const { app, page } = desk;
  for (let crash = 0; crash <= 6; crash++) {
    await expect.poll(() => page.evaluate(canDraw), { timeout: 15_000, message: `after ${crash} crashes` }).toBe(true);
    await app.evaluate(({ app }) => {
      for (const { type, pid } of app.getAppMetrics()) if (type === 'GPU') process.kill(pid, 'SIGKILL');
    });
    await page.waitForTimeout(300);
  }
});
