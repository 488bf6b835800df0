import { rmSync } from 'node:fs';
import { test as base } from 'playwright/test';
import { type Desk, launch, temporaryHome } from './desk.ts';

/** Tests with an app of their own in `desk`, started fresh in an empty `home` and closed after each. */
export const test = base.extend<{ home: string; desk: Desk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what the fixture needs
  home: async ({}, use) => {
    const home = temporaryHome();
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  desk: async ({ home }, use) => {
    const desk = await launch(home);
    await use(desk);
    await desk.close();
  },
});

export { expect } from 'playwright/test';
export { appFolder, type Desk, launch } from './desk.ts';
