import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { type Desk, launch, outputFolder, temporaryHome } from './desk.ts';

const sizes = [
  [1280, 800],
  [2560, 1440],
] as const;
const themes = ['dark', 'light'] as const;
const stations = ['recording', 'probe', 'preprocess', 'sort', 'analyze', 'curate', 'export'] as const;
const wanted = process.argv.slice(2);

/** Takes `name` at each size in both themes, into NAME-THEME-WIDTHxHEIGHT.png; `key` opens what is shown. */
async function picture({ app, page }: Desk, name: string, key?: string): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  for (const [width, height] of sizes) {
    await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
      width,
      height,
    ] as [number, number]);
    for (const theme of themes) {
      await inTheme(page, theme);
      if (key) await page.keyboard.press(key);
      await page.waitForTimeout(900);
      await page.screenshot({
        path: join(outputFolder, `${name}-${theme}-${width}x${height}.png`),
      });
      if (key) await page.keyboard.press('Escape');
    }
  }
}

async function inTheme(page: Page, theme: string): Promise<void> {
  const now = await page.evaluate(() => document.documentElement.dataset.theme);
  if (now !== theme) await page.keyboard.press('Control+Shift+d');
}

async function main(): Promise<void> {
  const desk = await launch(temporaryHome());
  const { page } = desk;
  await page.getByRole('button', { name: 'Demo session' }).waitFor();
  await picture(desk, 'welcome');
  await page.getByRole('button', { name: 'Demo session' }).click();
  const rail = page.getByRole('navigation', { name: 'Stations' });
  await rail.waitFor({ timeout: 60_000 });
  await picture(desk, 'recording-before');
  await rail.getByRole('button', { name: 'Run all' }).click();
  await rail.getByRole('button', { name: /Analyze\s*done/ }).waitFor({ timeout: 300_000 });
  for (const station of stations) {
    await rail.getByRole('button', { name: new RegExp(station, 'i') }).click();
    if (station === 'curate') {
      const rows = page.locator('[role=grid] .grid-body [role=row]');
      await rows.nth(0).click();
      await rows.nth(1).click({ modifiers: ['Control'] });
      await rows.nth(2).click({ modifiers: ['Control'] });
      await page.waitForTimeout(1500);
    }
    await picture(desk, station);
  }
  await page.keyboard.press('6');
  await picture(desk, 'keys', 'h');
  await desk.close();
}

void main();
