import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { type Desk, outputFolder } from '../desk.ts';

const SMALL = [1280, 800] as const;
const LARGE = [2560, 1440] as const;
const sizes = [SMALL, LARGE];
const themes = ['dark', 'light'] as const;
export type Theme = (typeof themes)[number];

/** Nothing has been drawn for so long, ms, and no panel waits: the picture is whole. */
const CALM_MS = 300;
const PATIENCE_MS = 15_000;

/** What is taken of one name; all sizes and themes unless told otherwise. */
export interface Shots {
  readonly themes?: readonly Theme[];
  readonly small?: boolean;
  /** Opens what is to be seen, before each picture. */
  readonly before?: () => Promise<unknown>;
  /** And closes it. */
  readonly after?: () => Promise<unknown>;
}

const given = process.argv.slice(2);

/** Whether a picture whose name begins with `start`, or is the start of one, is among those asked for. */
export function wants(start: string): boolean {
  return given.length === 0 || given.some((name) => name.startsWith(start) || start.startsWith(name));
}

/** Takes NAME-THEME-WIDTHxHEIGHT.png at each size in each theme. */
export async function take(desk: Desk, name: string, shots: Shots = {}): Promise<void> {
  for (const size of shots.small ? [SMALL] : sizes)
    for (const theme of shots.themes ?? themes) {
      const file = `${name}-${theme}-${size.join('x')}`;
      if (given.length > 0 && !given.some((start) => file.startsWith(start))) continue;
      await resize(desk, size);
      await inTheme(desk.page, theme);
      await shots.before?.();
      await calm(desk.page);
      await desk.page.screenshot({ path: join(outputFolder, `${file}.png`) });
      await shots.after?.();
    }
}

async function resize({ app, page }: Desk, size: readonly [number, number]): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [width, height]) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  await page.waitForFunction(([width]) => window.innerWidth === width, size);
}

async function inTheme(page: Page, theme: Theme): Promise<void> {
  const now = await page.evaluate(() => document.documentElement.dataset.theme);
  if (now !== theme) await page.keyboard.press('Control+Shift+d');
}

/** Until all panels have their data and nothing is drawn any more; at most a while. */
async function calm(page: Page): Promise<void> {
  await page.evaluate(
    ([still, most]) =>
      new Promise<void>((resolve) => {
        const measured = window.__spikedeskMeasure?.({ readback: false });
        const began = performance.now();
        let drawn = -1;
        let since = began;
        const look = () => {
          const now = performance.now();
          const frames = measured?.frames.length ?? 0;
          if (frames !== drawn || (measured?.waiting() ?? 0) > 0 || document.querySelector('.waiting')) {
            drawn = frames;
            since = now;
          }
          if (now - since > still || now - began > most) resolve();
          else setTimeout(look, 25);
        };
        look();
      }),
    [CALM_MS, PATIENCE_MS] as const,
  );
}
