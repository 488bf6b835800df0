import type { Locator, Page } from 'playwright/test';
import { type Desk, expect, launch, test } from './launch.ts';

/** Its name holds that of its close button too. */
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}( Close ${name})?$`) });
const view = (page: Page, panelId: string) => page.locator(`[data-panel="${panelId}"]`);
const rail = (page: Page) => page.getByRole('navigation', { name: 'Stations' });

const started: Desk[] = [];

/** An app that is closed after the test, however that ends. */
async function start(home: string): Promise<Desk> {
  const desk = await launch(home);
  started.push(desk);
  return desk;
}

test.afterEach(async () => {
  for (const desk of started.splice(0)) await desk.close().catch(() => undefined);
});

async function openDemo({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: 'Demo session' }).click();
  await expect(rail(page)).toBeVisible({ timeout: 60_000 });
}

async function openRecent({ page }: Desk): Promise<void> {
  await page.getByRole('region', { name: 'Recent sessions' }).getByRole('button').first().click();
  await expect(rail(page)).toBeVisible({ timeout: 30_000 });
}

/** Middle of an element, or another point of it (0 to 1 over its width and height). */
async function pointOf(element: Locator, across = 0.5, down = 0.5): Promise<[number, number]> {
  const box = await element.boundingBox();
  if (!box) throw new Error('cannot be seen');
  return [box.x + across * box.width, box.y + down * box.height];
}

async function dragTab(page: Page, name: string, to: readonly [number, number]): Promise<void> {
  const from = await pointOf(tab(page, name));
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 8, from[1] + 8, { steps: 3 });
  await page.mouse.move(...to, { steps: 8 });
  await page.mouse.up();
}

/** Types into the palette and takes the first it finds, which is to be `first`. */
async function find(page: Page, typed: string, first: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find anything' });
  await expect(field).toBeFocused();
  await field.pressSequentially(typed);
  await expect(page.getByRole('option').first()).toContainText(first);
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
}

async function box(element: Locator) {
  const found = await element.boundingBox();
  if (!found) throw new Error('cannot be seen');
  return found;
}

test('a layout that was changed by mouse is there again after a new start', async ({ home }) => {
  const first = await start(home);
  await openDemo(first);
  let { page } = first;
  await page.evaluate(() => {
    const seen: string[] = [];
    Reflect.set(window, 'violations', seen);
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.violatedDirective));
  });

  // Traces beside the probe at first; the probe goes below the traces.
  const traces = view(page, 'trace');
  await expect(traces).toBeVisible();
  await expect(view(page, 'probe')).toBeVisible();
  expect((await box(view(page, 'probe'))).x).toBeGreaterThan((await box(traces)).x);
  await dragTab(page, 'Probe', await pointOf(traces, 0.5, 0.95));
  await expect.poll(async () => (await box(view(page, 'probe'))).y).toBeGreaterThan((await box(traces)).y + 50);
  expect(Math.abs((await box(view(page, 'probe'))).x - (await box(traces)).x)).toBeLessThan(3);

  // One more view of traces, and the table of units; the table is closed again.
  await page.getByRole('button', { name: 'Layout' }).click();
  await page.getByRole('menuitem', { name: 'Add a view' }).click();
  await page.getByRole('menuitem', { name: 'Traces' }).click();
  await expect(tab(page, 'Traces 2')).toBeVisible();
  await find(page, 'add units', 'Add Units');
  await expect(tab(page, 'Units')).toBeVisible();
  await page.getByRole('button', { name: 'Close Units' }).click();
  await expect(tab(page, 'Units')).toHaveCount(0);
  await tab(page, 'Traces 2').click();

  // The border between them is moved.
  const before = (await box(traces)).height;
  const { x, y, width } = await box(view(page, 'trace'));
  await page.mouse.move(x + width / 2, y + before);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + before - 60, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await box(traces)).height).toBeLessThan(before - 40);
  const left = { traces: await box(traces), second: await box(view(page, 'trace 2')) };
  expect(await page.evaluate(() => Reflect.get(window, '__spikedeskCacheMisses'))).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([]);
  await first.close();

  const second = await start(home);
  await openRecent(second);
  page = second.page;
  await expect(tab(page, 'Traces 2')).toBeVisible();
  await expect(tab(page, 'Units')).toHaveCount(0);
  const now = await box(view(page, 'trace'));
  expect(Math.abs(now.y - left.traces.y)).toBeLessThan(3);
  expect(Math.abs(now.height - left.traces.height)).toBeLessThan(8);
  await second.close();
});

test('a layout gets a name, is chosen again, and the default comes back', async ({ home }) => {
  const first = await start(home);
  await openDemo(first);
  let { page } = first;
  await page.getByRole('button', { name: 'Close Probe' }).click();
  await expect(tab(page, 'Probe')).toHaveCount(0);
  await page.getByRole('button', { name: 'Layout' }).click();
  await page.getByRole('menuitem', { name: 'Save layout as…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Traces alone');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('button', { name: 'Layout' }).click();
  await page.getByRole('menuitem', { name: 'Default layout' }).click();
  await expect(tab(page, 'Probe')).toBeVisible();
  await first.close();

  const second = await start(home);
  await openRecent(second);
  page = second.page;
  await expect(tab(page, 'Probe')).toBeVisible();
  await find(page, 'layout alone', 'Layout: Traces alone');
  await expect(tab(page, 'Probe')).toHaveCount(0);
  await expect(view(page, 'trace')).toBeVisible();
  await second.close();
});

test('the palette finds a unit by its number', async ({ desk }) => {
  test.setTimeout(300_000);
  await openDemo(desk);
  const { page } = desk;
  await rail(page).getByRole('button', { name: 'Run all' }).click();
  await expect(rail(page).getByRole('button', { name: /Analyze\s*done/ })).toBeVisible({ timeout: 200_000 });
  await page.keyboard.press('6');
  const grid = page.getByRole('grid', { name: 'Units', exact: true });
  const selected = grid.locator('[role=row][aria-selected=true]');
  const first = grid.getByRole('row', { name: 'unit 3', exact: true });
  await expect(first).toBeVisible();
  await expect(selected).toHaveCount(0);
  await find(page, 'unit 3', 'Unit 3');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(selected).toHaveCount(1);
});

test('focus mode and a panel that fills the dock, there and back', async ({ desk }) => {
  await openDemo(desk);
  const { page } = desk;
  const all = await box(view(page, 'trace'));
  await page.keyboard.press('Alt+f');
  await expect(rail(page)).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect.poll(async () => (await box(view(page, 'trace'))).width).toBeGreaterThan(all.width + 300);
  await tab(page, 'Traces').dblclick();
  await expect(view(page, 'probe')).toBeHidden();
  await page.keyboard.press('Alt+Enter');
  await expect(view(page, 'probe')).toBeVisible();
  await page.keyboard.press('Alt+f');
  await expect(rail(page)).toBeVisible();
  await expect.poll(async () => (await box(view(page, 'trace'))).width).toBe(all.width);
});

test('a key is changed, taken from another command by name, works, and is kept', async ({ home }) => {
  const first = await start(home);
  let { page } = first;
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  const before = await theme();
  await page.keyboard.press('h');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByRole('button', { name: /^Dark or light: / }).click();
  await page.keyboard.press('Control+o');
  await expect(keys.getByRole('alert')).toContainText('Open a file');
  await keys.getByRole('button', { name: 'Leave it' }).click();
  await keys.getByRole('button', { name: /^Dark or light: / }).click();
  await page.keyboard.press('Alt+q');
  await expect(keys.getByRole('button', { name: 'Dark or light: Alt+Q. Change' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+d');
  expect(await theme()).toBe(before);
  await page.keyboard.press('Alt+q');
  await expect.poll(theme).not.toBe(before);
  await first.close();

  const second = await start(home);
  page = second.page;
  await page.getByRole('button', { name: 'Keys' }).waitFor();
  expect(await theme()).not.toBe(before);
  await page.keyboard.press('h');
  await page.getByRole('button', { name: 'Dark or light: Alt+Q. Change' }).waitFor();
  await page.getByRole('button', { name: 'Reset all keys' }).click();
  await expect(page.getByRole('button', { name: 'Dark or light: Ctrl+Shift+D. Change' })).toBeVisible();
  await second.close();
});
