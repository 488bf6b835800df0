import type { Page } from 'playwright/test';
import type { Desk } from '../desk.ts';

/** Rows of the unit table, as far as they are there. */
function rows(page: Page, table: 'Units' | 'Similar units') {
  return page.getByRole('grid', { name: table, exact: true }).locator('.grid-body [role=row]');
}

/** One unit and the two most like it, as one looks for what is to be merged. */
export async function selectAlike(page: Page): Promise<void> {
  await rows(page, 'Units').nth(3).click();
  const similar = rows(page, 'Similar units');
  await similar.first().waitFor();
  await page.waitForTimeout(400); // the list of the unit selected before may still stand there
  await similar.nth(0).click();
  await similar.nth(1).click({ modifiers: ['Control'] });
}

/** So many units, those with the smallest ids. */
export async function selectFirst(page: Page, count: number): Promise<void> {
  const filter = page.getByRole('searchbox', { name: 'Filter units' });
  await filter.fill(`id < ${count}`);
  await rows(page, 'Units').first().click();
  if (count > 1) await page.keyboard.press('Control+a');
  await filter.fill('');
}

/** Opens a session.json, or a folder that holds one thing, and goes to its units. */
export async function openPath({ app, page }: Desk, path: string): Promise<void> {
  const choose = () =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
  await choose().catch(choose); // now and then Electron loses the answer just after its start
  await page.getByRole('button', { name: 'Open folder' }).click();
  await page.getByRole('navigation', { name: 'Stations' }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('6');
  await rows(page, 'Units').first().waitFor({ timeout: 60_000 });
}
