import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { expect, launch, test } from './launch.ts';

async function openDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Demo session' }).click();
  await expect(page.getByRole('navigation', { name: 'Stations' })).toBeVisible({ timeout: 60_000 });
  await page
    .getByRole('navigation', { name: 'Stations' })
    .getByRole('button', { name: /Preprocess/ })
    .click();
}

const cards = (page: Page) => page.getByRole('list', { name: 'Steps' }).locator('> li');
const chainOf = (page: Page) => cards(page).evaluateAll((all) => all.map((card) => card.getAttribute('aria-label')));
const card = (page: Page, label: string) => cards(page).and(page.getByRole('listitem', { name: label, exact: true }));
const view = (page: Page, label: string) => page.getByRole('region', { name: label, exact: true });
/** What the view says it shows; also read where the head is narrow. */
const shown = (of: Locator) => of.getByRole('img').getAttribute('aria-label');

async function clear(page: Page): Promise<void> {
  while ((await cards(page).count()) > 0) {
    const before = await cards(page).count();
    await cards(page)
      .first()
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect(cards(page)).toHaveCount(before - 1);
  }
}

async function add(page: Page, typed: string, label: string): Promise<void> {
  const before = await cards(page).count();
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('combobox', { name: 'Find a step' }).fill(typed);
  await page.getByRole('option', { name: `Add ${label}`, exact: true }).click();
  await expect(cards(page)).toHaveCount(before + 1);
}

test('the chain by clicks: filter, then reference; before and after are seen; saved as zarr; opened again, nothing is computed', async ({
  home,
}) => {
  test.setTimeout(300_000);
  const first = await launch(home);
  let { page } = first;
  await openDemo(page);
  await clear(page);
  const compared = view(page, 'Before and after');
  await expect.poll(() => shown(compared)).toContain('no step is on');

  await add(page, 'band', 'Band-pass filter');
  await add(page, 'common ref', 'Common reference');
  expect(await chainOf(page)).toEqual(['Band-pass filter', 'Common reference']);
  await expect.poll(() => shown(compared), { timeout: 20_000 }).toMatch(/\d+ before, \d+ after/);
  await expect(compared.getByText(/^after bandpass filter/)).toBeVisible();
  await expect(compared.getByText(/^after common reference \(2 steps\)/)).toBeVisible();
  await expect.poll(() => shown(view(page, 'Spectrum'))).toContain('dB µV²/Hz');
  await expect.poll(() => shown(view(page, 'Loudness on the probe'))).toContain('RMS, µV');

  await card(page, 'Common reference').getByRole('button', { expanded: true }).click();
  await expect(compared.getByText(/^as recorded/)).toBeVisible();

  const saving = page.locator('details.save-recording');
  await saving.getByText('Save the preprocessed recording').click();
  await saving.getByRole('radio', { name: /zarr/ }).click();
  await expect(saving.getByLabel('Compressor', { exact: true })).toHaveValue('zstd');
  await expect(saving.getByLabel('Shuffle', { exact: true })).toHaveValue('bitshuffle');
  await saving.getByLabel('Level', { exact: true }).fill('9');
  await saving.getByLabel('Level', { exact: true }).press('Tab');
  const folder = join(home, 'saved.zarr');
  await saving.getByLabel('Folder', { exact: true }).fill(folder);
  await saving.getByLabel('Folder', { exact: true }).press('Tab');
  await saving.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(saving.getByRole('status')).toContainText('% of the plain samples', { timeout: 120_000 });
  const header = JSON.parse(readFileSync(join(folder, 'traces_seg0', '.zarray'), 'utf8'));
  expect(header.compressor).toMatchObject({ cname: 'zstd', clevel: 9, shuffle: 2 });
  const written = chunks(folder);
  expect(written.length).toBeGreaterThan(1);
  await first.close();

  const second = await launch(home);
  page = second.page;
  await page.getByRole('region', { name: 'Recent sessions' }).getByRole('button').first().click();
  await expect(page.getByRole('navigation', { name: 'Stations' })).toBeVisible({ timeout: 30_000 });
  await page
    .getByRole('navigation', { name: 'Stations' })
    .getByRole('button', { name: /Preprocess/ })
    .click();
  expect(await chainOf(page)).toEqual(['Band-pass filter', 'Common reference']);
  const again = page.locator('details.save-recording');
  await again.getByText('Save the preprocessed recording').click();
  await again.getByRole('radio', { name: /zarr/ }).click();
  await again.getByLabel('Level', { exact: true }).fill('9');
  await again.getByLabel('Level', { exact: true }).press('Tab');
  await again.getByLabel('Folder', { exact: true }).fill(folder);
  await again.getByLabel('Folder', { exact: true }).press('Tab');
  await again.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(again.getByRole('status')).toContainText('nothing was computed again', { timeout: 30_000 });
  expect(chunks(folder)).toEqual(written);
  await second.close();
});

/** Every chunk with its size and time of writing. */
function chunks(folder: string): (readonly [string, number, number])[] {
  const traces = join(folder, 'traces_seg0');
  return readdirSync(traces)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(traces, name));
      return [name, size, mtimeMs];
    });
}

test('steps are moved by handle and keys, switched off, undone; a dragged number is seen before it is kept', async ({
  desk: { page },
  home,
}) => {
  test.setTimeout(180_000);
  await openDemo(page);
  await clear(page);
  await add(page, 'band', 'Band-pass filter');
  await add(page, 'common ref', 'Common reference');
  const file = () => JSON.parse(readFileSync(sessionFile(home), 'utf8')).preprocess;

  await page.getByRole('button', { name: 'Move Common reference', exact: true }).press('ArrowUp');
  await expect.poll(() => chainOf(page)).toEqual(['Common reference', 'Band-pass filter']);
  await expect(page.getByRole('button', { name: 'Move Common reference', exact: true })).toBeFocused();

  const handle = page.getByRole('button', { name: 'Move Band-pass filter', exact: true });
  const from = await handle.boundingBox();
  const to = await page.getByRole('button', { name: 'Move Common reference', exact: true }).boundingBox();
  if (!from || !to) throw new Error('the handles are not to be seen');
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y - 4, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => chainOf(page)).toEqual(['Band-pass filter', 'Common reference']);

  await card(page, 'Common reference').getByRole('checkbox', { name: 'Common reference on' }).uncheck();
  await expect.poll(() => file().map(({ enabled }: { enabled: boolean }) => enabled)).toEqual([true, false]);
  await page.getByRole('button', { name: 'Undo the last change of the chain' }).click();
  await expect.poll(() => file().map(({ enabled }: { enabled: boolean }) => enabled)).toEqual([true, true]);

  const filter = card(page, 'Band-pass filter');
  const opener = filter.getByRole('button', { expanded: false });
  if (await opener.isVisible()) await opener.click();
  const slider = filter.getByRole('slider', { name: 'From, slider' });
  const typed = filter.getByLabel('From', { exact: true });
  const box = await slider.boundingBox();
  if (!box) throw new Error('the slider is not to be seen');
  const before = await typed.inputValue();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.8 * box.width, box.y + box.height / 2, { steps: 10 });
  await expect.poll(() => typed.inputValue()).not.toBe(before);
  expect(file()[0].params.freq_min ?? 300).toBe(Number(before)); // seen, not kept
  await page.mouse.up();
  const after = Number(await typed.inputValue());
  expect(after).toBeGreaterThan(Number(before));
  await expect.poll(() => file()[0].params.freq_min).toBe(after);
});

test('a preset is one click, and one click to undo; an own one is there after the next start', async ({ home }) => {
  test.setTimeout(180_000);
  const first = await launch(home);
  let { page } = first;
  await openDemo(page);
  const before = await chainOf(page);
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: /^Kilosort-like/ }).click();
  await expect.poll(() => chainOf(page)).toEqual(['Common reference', 'High-pass filter', 'Whiten']);
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Save this chain as a preset…' }).click();
  await page.getByLabel('Name', { exact: true }).fill('mine');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the last change of the chain' }).click();
  await expect.poll(() => chainOf(page)).toEqual(before);
  await page.waitForTimeout(500); // settings are written after a moment of calm
  await first.close();

  const second = await launch(home);
  page = second.page;
  await openDemo(page);
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: /^mine/ }).click();
  await expect.poll(() => chainOf(page)).toEqual(['Common reference', 'High-pass filter', 'Whiten']);
  await second.close();
});

function sessionFile(home: string): string {
  const path = join(home, '.data', 'spikedesk', 'demo', 'session.json');
  const found = existsSync(path) ? path : undefined;
  if (!found) throw new Error(`no session of the demo at ${path}`);
  return found;
}
