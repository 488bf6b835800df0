import { type Desk, launch, temporaryHome } from '../desk.ts';
import { take, wants } from './camera.ts';

const stations = ['recording', 'probe', 'preprocess', 'sort', 'analyze', 'curate', 'export'] as const;

/** The stations and dialogs, on the demo session. */
export async function takeDemo(): Promise<void> {
  if (!wants('station') && !wants('dialog')) return;
  const desk = await launch(temporaryHome());
  const { page } = desk;
  const start = page.getByRole('button', { name: 'Demo session' });
  await start.waitFor();
  await take(desk, 'station-0-welcome');
  await start.click();
  const rail = page.getByRole('navigation', { name: 'Stations' });
  await rail.waitFor({ timeout: 60_000 });
  await take(desk, 'station-0-opened');
  await rail.getByRole('button', { name: 'Run all' }).click();
  await rail.getByRole('button', { name: /Analyze\s*done/ }).waitFor({ timeout: 300_000 });
  for (const [i, station] of stations.entries()) {
    await page.keyboard.press(String(i + 1));
    if (station === 'curate') await selectThree(desk);
    await take(desk, `station-${i + 1}-${station}`);
  }
  await page.keyboard.press('6');
  await dialogs(desk);
  await desk.close();
}

async function selectThree({ page }: Desk): Promise<void> {
  const rows = page.getByRole('grid', { name: 'Units', exact: true }).locator('.grid-body [role=row]');
  await rows.nth(0).click();
  await rows.nth(1).click({ modifiers: ['Control'] });
  await rows.nth(2).click({ modifiers: ['Control'] });
}

async function dialogs(desk: Desk): Promise<void> {
  const { page } = desk;
  const after = () => page.keyboard.press('Escape');
  const press = (key: string) => () => page.keyboard.press(key);
  const click = (name: string) => () => page.getByRole('button', { name, exact: true }).first().click();
  await take(desk, 'dialog-keys', { before: press('h'), after });
  await take(desk, 'dialog-palette', {
    before: async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find anything' }).fill('unit');
    },
    after,
  });
  await take(desk, 'dialog-layout', { before: click('Layout'), after });
  await take(desk, 'dialog-options', { before: click('Waveforms options'), after });
  await take(desk, 'dialog-menu', { before: click('Waveforms menu'), after });
  await take(desk, 'dialog-columns', { before: click('Columns'), after });
  await take(desk, 'dialog-explain', {
    before: async () => {
      await click('Waveforms menu')();
      await page.getByRole('menuitem', { name: 'Explain…' }).click();
    },
    after,
  });
}
