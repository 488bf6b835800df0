import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { type Desk, expect, launch, test } from './launch.ts';
import { writePlainPhy } from './plainPhy.ts';

/** A panel of the dock. */
const panel = (page: Page, label: string) => page.locator(`section[aria-label='${label}']`);
const grid = (page: Page) => page.getByRole('grid', { name: 'Units', exact: true });
const rows = (page: Page) => grid(page).locator('.grid-body [role=row]');
const selected = (page: Page) => grid(page).locator('[role=row][aria-selected=true]');
const count = async (page: Page) => Number(await grid(page).getAttribute('aria-rowcount')) - 1;

/** Where a real Kilosort output, opened in phy, lies; left out where it is not at hand. */
const example = process.env.SPIKEDESK_PHY_EXAMPLE;

async function curateAndReopen(home: string, folder: string, units: number): Promise<void> {
  await withDesk(home, (desk) => curate(desk, folder, units));
  await withDesk(home, (desk) => reopen(desk, units));
}

async function withDesk(home: string, work: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await launch(home);
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}

async function curate({ app, page }: Desk, folder: string, units: number): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
  await page.getByRole('button', { name: 'Open folder' }).click();
  await expect(grid(page)).toBeVisible({ timeout: 60_000 });
  expect(await count(page)).toBe(units);

  await rows(page).nth(0).click();
  await rows(page)
    .nth(1)
    .click({ modifiers: ['Control'] });
  await expect(selected(page)).toHaveCount(2);

  // No raw file: what cannot be shown says so, the rest is there from templates and features.
  await expect(panel(page, 'Waveforms')).toContainText(/templates of the sorting/i);
  await expect(panel(page, 'Correlograms')).toContainText(/all spikes/i);
  await expect(panel(page, 'Probe')).toContainText(/contacts/);
  const traces = panel(page, 'Traces');
  await expect(traces.locator('.says')).toContainText(/raw|no recording/i);
  await expect(panel(page, 'Similar units').getByRole('row').nth(1)).toBeVisible();

  await page.keyboard.press('g');
  await expect.poll(() => count(page)).toBe(units - 1);
  await page.keyboard.press('Control+z');
  await expect.poll(() => count(page)).toBe(units);
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => count(page)).toBe(units - 1);
  await page.keyboard.press('Alt+g');
  await expect(selected(page)).toContainText('good');
  await expect(page.getByRole('banner')).toContainText(/saved/i);
}

/** The merged unit is there, and good. */
async function reopen({ page }: Desk, units: number): Promise<void> {
  await page.getByRole('region', { name: 'Recent sessions' }).getByRole('button').first().click();
  await expect(grid(page)).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => count(page)).toBe(units - 1);
  await page.getByRole('searchbox', { name: 'Filter units' }).fill('good');
  await expect(rows(page).filter({ hasText: 'good' })).not.toHaveCount(0);
  const merged = rows(page).filter({ has: page.getByTitle(/^merged from/) });
  await expect(merged).toHaveCount(1);
  await expect(merged).toContainText('good');
}

test('a phy folder without its raw file: merged, undone, labelled, reopened', async ({ home }) => {
  const folder = join(home, 'sorted by a rig');
  writePlainPhy(folder, 12);
  await curateAndReopen(home, folder, 12);
});

test('the same with a real Kilosort output', async ({ home }) => {
  test.skip(!example || !existsSync(example), 'the example is not at hand');
  const folder = join(home, 'phy_example_0');
  cpSync(example ?? '', folder, { recursive: true });
  await curateAndReopen(home, folder, 13);
});
