import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, launch, test } from './launch.ts';

/** Rows of the unit table now in force, without the head. */
function unitRows(page: Page) {
  return page
    .getByRole('grid', { name: 'Units', exact: true })
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });
}

async function numberOfUnits(page: Page): Promise<number> {
  return Number(await page.getByRole('grid', { name: 'Units', exact: true }).getAttribute('aria-rowcount')) - 1;
}

async function station(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Stations' })
    .getByRole('button', { name: new RegExp(name) })
    .click();
}

const selected = (page: Page) =>
  page.getByRole('grid', { name: 'Units', exact: true }).locator('[role=row][aria-selected=true]');

test('the demo from the welcome page to a phy folder, by clicks and keys', async ({ home }) => {
  test.setTimeout(300_000);
  const first = await launch(home);
  let { page } = first;
  await page.getByRole('button', { name: 'Demo session' }).click();
  const rail = page.getByRole('navigation', { name: 'Stations' });
  await expect(rail).toBeVisible({ timeout: 60_000 });
  await rail.getByRole('button', { name: 'Run all' }).click();
  await expect(rail.getByRole('button', { name: /Analyze\s*done/ })).toBeVisible({ timeout: 200_000 });

  await station(page, 'Curate');
  await expect(unitRows(page).first()).toBeVisible();
  const units = await numberOfUnits(page);
  expect(units).toBeGreaterThanOrEqual(10);

  await unitRows(page).nth(0).click();
  await unitRows(page)
    .nth(1)
    .click({ modifiers: ['Control'] });
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('g');
  await expect.poll(() => numberOfUnits(page)).toBe(units - 1);
  await expect(selected(page)).toHaveCount(1);
  const merged = await selected(page).getByRole('gridcell').first().textContent();

  await page.keyboard.press('Control+z');
  await expect.poll(() => numberOfUnits(page)).toBe(units);
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => numberOfUnits(page)).toBe(units - 1);

  await expect(selected(page)).toHaveCount(1);
  await page.keyboard.press('Alt+g');
  await expect(selected(page)).toContainText('good');
  expect(await page.evaluate(() => Reflect.get(window, '__spikedeskCacheMisses'))).toBe(0);
  await first.close();

  const second = await launch(home);
  page = second.page;
  await page.getByRole('region', { name: 'Recent sessions' }).getByRole('button').first().click();
  await expect(page.getByRole('navigation', { name: 'Stations' })).toBeVisible({ timeout: 30_000 });
  await station(page, 'Curate');
  await expect.poll(() => numberOfUnits(page)).toBe(units - 1);
  const row = unitRows(page).filter({ hasText: 'good' });
  await expect(row).toHaveCount(1);
  expect(await row.getByRole('gridcell').first().textContent()).toBe(merged);

  await station(page, 'Export');
  const folder = join(home, 'exported to phy');
  await page
    .getByRole('textbox', { name: /folder/i })
    .first()
    .fill(folder);
  await page
    .getByRole('button', { name: /^(Run|Export)$/ })
    .first()
    .click();
  await expect.poll(() => existsSync(join(folder, 'params.py')), { timeout: 120_000 }).toBe(true);
  expect(readFileSync(join(folder, 'cluster_group.tsv'), 'utf8')).toContain(`${merged}\tgood`);
  await second.close();
});
