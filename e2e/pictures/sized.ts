import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { type Desk, launch, outputFolder, temporaryHome } from '../desk.ts';
import { writePlainPhy } from '../plainPhy.ts';
import { attempt } from './attempt.ts';
import { take, wants } from './camera.ts';
import { homeWithLayouts, kinds, showLayout, variants } from './layouts.ts';
import { openPath, selectAlike, selectFirst } from './units.ts';

const CHANNELS = [4, 64, 384] as const;
const UNITS = [10, 150, 1000] as const;
/** The smallest with the fewest, the largest with the most: each view alone. */
const DIAGONAL = ['4-10', '64-150', '384-1000'];
const VARIED = '64-150';

/** The station Curate and each view, for sessions of all sizes; `ready` gives the folder of one. */
export async function takeSized(ready: (name: string) => Promise<string>): Promise<void> {
  for (const channels of CHANNELS)
    for (const units of UNITS) {
      const name = `${channels}-${units}`;
      await attempt(name, async () => {
        if (wants(`curate-${name}`)) await takeCurate(name, await ready(name));
        if (DIAGONAL.includes(name) && wants(`view-${name}`)) await takeViews(name, await ready(name));
      });
    }
}

async function opened(home: string, path: string, work: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await launch(home);
  try {
    await openPath(desk, path);
    await work(desk);
  } catch (error) {
    await desk.page.screenshot({ path: join(outputFolder, `failed-${basename(dirname(path))}.png`) });
    throw error;
  } finally {
    await desk.close();
  }
}

async function takeCurate(name: string, folder: string): Promise<void> {
  await opened(temporaryHome(), join(folder, 'session.json'), async (desk) => {
    await selectAlike(desk.page);
    await take(desk, `curate-${name}`);
    if (name !== VARIED) return;
    for (const count of [1, 8, 25]) {
      await selectFirst(desk.page, count);
      await take(desk, `curate-${name}-selected-${count}`, { themes: ['dark'] });
    }
  });
}

async function takeViews(name: string, folder: string): Promise<void> {
  await opened(homeWithLayouts(), join(folder, 'session.json'), async (desk) => {
    const { page } = desk;
    await selectAlike(page);
    for (const kind of kinds) {
      await showLayout(page, `only ${kind}`);
      await take(desk, `view-${name}-${kind}`, { themes: ['dark'] });
      if (name === VARIED) await take(desk, `view-${name}-${kind}`, { themes: ['light'], small: true });
    }
    await showLayout(page, 'all small');
    await page.keyboard.press('Alt+f');
    await take(desk, `view-${name}-small`, { small: true });
    await page.keyboard.press('Alt+f');
    if (name === VARIED) await takeVariants(desk, name);
    await showLayout(page, 'only trace');
    await wholeRecording(page);
    await take(desk, `view-${name}-trace-whole`, { themes: ['dark'] });
  });
}

async function takeVariants(desk: Desk, session: string): Promise<void> {
  for (const [name] of variants) {
    if (!wants(`view-${session}-${name}`)) continue;
    await showLayout(desk.page, `only ${name}`);
    await take(desk, `view-${session}-${name}`, { themes: ['dark'] });
  }
}

/** As wide a window of the traces as there is. */
async function wholeRecording(page: Page): Promise<void> {
  const span = page.locator('[data-param=spanS]');
  await span.fill('1000');
  await span.press('Enter');
  await span.blur(); // keys that are typed are not commands
}

/** A phy folder whose raw file is gone. */
export async function takePlainPhy(folder: string): Promise<void> {
  if (!wants('curate-phy')) return;
  const path = join(folder, 'phy-without-raw-file');
  writePlainPhy(path, 40);
  await opened(temporaryHome(), path, async (desk) => {
    await selectAlike(desk.page);
    await take(desk, 'curate-phy');
  });
}
