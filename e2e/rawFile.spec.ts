import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './launch.ts';

const RATE = 15_000;
const CHANNELS = 4;
const SECONDS = 12;

/** A flat file of noise with two neurons, as a rig writes it: no rate, no channels, no gain, no probe. */
function rawFile(path: string): void {
  let state = 12345;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const traces = Int16Array.from({ length: RATE * SECONDS * CHANNELS }, () =>
    Math.round(20 * (uniform() + uniform() + uniform() + uniform() - 2)),
  );
  for (const [first, amplitudes] of [
    [300, [150, 60, 30, 20]],
    [950, [20, 40, 80, 160]],
  ] as const)
    for (let at = first; at < RATE * SECONDS - 100; at += 1400 + Math.floor(900 * uniform()))
      for (let i = 0; i < 20; i++)
        for (const [channel, amplitude] of amplitudes.entries()) {
          const wave = -Math.exp(-((i - 6) ** 2) / 6) + 0.3 * Math.exp(-((i - 13) ** 2) / 20);
          traces[(at + i) * CHANNELS + channel]! += Math.round(amplitude * wave);
        }
  writeFileSync(path, new Uint8Array(traces.buffer));
}

test('a raw file asks for rate, channels and probe once, says raw units, and is sorted', async ({ home, desk }) => {
  test.setTimeout(200_000);
  const { app, page } = desk;
  const path = join(home, 'rig day 1.raw');
  rawFile(path);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await page.getByRole('button', { name: 'Open file' }).click();

  const asked = page.getByRole('region', { name: 'What the file does not tell' });
  await asked.getByRole('textbox', { name: /rate|sampling/i }).fill(String(RATE));
  await asked.getByRole('textbox', { name: /channels/i }).fill(String(CHANNELS));
  await asked.getByRole('button', { name: 'Use these' }).click();
  await expect(page.getByText(/raw units/).first()).toBeVisible();

  const rail = page.getByRole('navigation', { name: 'Stations' });
  await rail.getByRole('button', { name: /Probe/ }).click();
  await page.getByRole('radio', { name: 'Tetrode' }).click();
  await expect(page.getByText('4 contacts').first()).toBeVisible();
  await rail.getByRole('button', { name: 'Run all' }).click();
  await expect(rail.getByRole('button', { name: /Analyze\s*done/ })).toBeVisible({ timeout: 120_000 });
  await rail.getByRole('button', { name: /Curate/ }).click();
  await expect(page.getByRole('grid', { name: 'Units', exact: true })).toHaveAttribute('aria-rowcount', '3');
});
