import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { outputFolder } from './desk.ts';

/** What is taken away: the page, its WebGL context, the process of all graphics, the page's process. */
export type Fault = 'reload' | 'context' | 'gpu' | 'crash';

/** Of all pixels, how many may differ by more than the hair: antialiasing of text is not always the same. */
const FEW = 0.0005;
const HAIR = 16;

/** What the page says besides its pixels: words, values of fields, what is selected, how far tables are scrolled. */
const TOLD = `(() => {
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
  const root = document.getElementById('root');
  return JSON.stringify({
    theme: document.documentElement.dataset.theme,
    words: root ? root.innerText : '',
    fields: all('input, select', (field) => field.value),
    selected: all('[aria-selected=true]', (one) => one.getAttribute('aria-label') ?? one.textContent),
    sorted: all('[aria-sort]', (one) => one.getAttribute('aria-sort')),
    scrolled: all('[role=grid]', (one) => one.scrollTop),
    undo: all('[role=toolbar] button', (one) => one.disabled),
  });
})()`;

/** Keeps how the window looks now, once two looks in a row are the same. */
export async function keepLook(app: ElectronApplication): Promise<void> {
  await app.evaluate(
    async ({ BrowserWindow }, { told, quiet }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) throw new Error('no window');
      const look = async () => ({
        words: String(await contents.executeJavaScript(told)),
        picture: await contents.capturePage(),
      });
      const seen = async () => {
        const { words, picture } = await look();
        return { words, picture, pixels: picture.toBitmap() };
      };
      let last = await seen();
      for (let since = performance.now(); performance.now() - since < quiet; ) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const now = await seen();
        if (now.words !== last.words || !now.pixels.equals(last.pixels)) since = performance.now();
        last = now;
      }
      Reflect.set(globalThis, 'lookKept', last);
    },
    { told: TOLD, quiet: 1500 },
  );
}

/** Does it, and gives the ms until the window looks as it was kept. Throws with what differs after 15 s. */
export async function awaitSame(app: ElectronApplication, fault: Fault): Promise<number> {
  const { ms, differs, picture, before } = await app.evaluate(
    async ({ app, BrowserWindow }, { told, fault, few, hair }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) throw new Error('no window');
      const kept = Reflect.get(globalThis, 'lookKept');
      const gpu = () => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid;
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const started = performance.now();
      if (fault === 'reload') {
        const loaded = new Promise((resolve) => contents.once('did-finish-load', () => resolve(undefined)));
        contents.reload();
        await loaded;
      } else if (fault === 'crash') {
        const gone = new Promise((resolve) => contents.once('render-process-gone', () => resolve(undefined)));
        process.kill(contents.getOSProcessId(), 'SIGKILL');
        await gone;
        await new Promise((resolve) => contents.once('did-finish-load', () => resolve(undefined)));
      } else if (fault === 'gpu') {
        const before = gpu();
        if (before !== undefined) process.kill(before, 'SIGKILL');
        while (gpu() === before) await pause(5);
      } else
        await contents.executeJavaScript(`new Promise((resolve) => {
          const canvas = document.querySelector('canvas');
          const lose = canvas.getContext('webgl').getExtension('WEBGL_lose_context');
          canvas.addEventListener('webglcontextrestored', () => resolve(true), { once: true });
          canvas.addEventListener('webglcontextlost', () => setTimeout(() => lose.restoreContext(), 20), { once: true });
          lose.loseContext();
        })`);
      let differs = '';
      while (performance.now() - started < 15_000) {
        const words = String(await contents.executeJavaScript(told));
        const pixels = (await contents.capturePage()).toBitmap();
        let off = 0;
        for (let i = 0; i < pixels.length; i++) if (Math.abs(pixels[i] - kept.pixels[i]) > hair) off++;
        const few4 = few * pixels.length;
        if (words === kept.words && pixels.length === kept.pixels.length && off <= few4)
          return { ms: performance.now() - started, differs: '', picture: '', before: '' };
        differs =
          words === kept.words ? `${off} of ${pixels.length} pixel values` : `${words}\ninstead of\n${kept.words}`;
        await pause(10);
      }
      const picture = (await contents.capturePage()).toPNG().toString('base64');
      const before: string = kept.picture.toPNG().toString('base64');
      return { ms: performance.now() - started, differs, picture, before };
    },
    { told: TOLD, fault, few: FEW, hair: HAIR },
  );
  if (differs === '') return ms;
  writeFileSync(join(outputFolder, `not-as-before-${fault}.png`), picture, 'base64');
  writeFileSync(join(outputFolder, `before-${fault}.png`), before, 'base64');
  throw new Error(`not as before after ${ms.toFixed(0)} ms: ${differs}`);
}
