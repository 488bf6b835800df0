import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from './desk.ts';
import { expect, test } from './launch.ts';

/** From now on the dialog to save answers with `path`, undefined: cancelled; what else main says is kept. */
async function saveTo({ app }: Desk, path: string | undefined): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Reflect.set(globalThis, 'said', []);
    const answer = { canceled: filePath === undefined, filePath: filePath ?? '' };
    Reflect.set(dialog, 'showSaveDialog', async (_window: unknown, { defaultPath }: { defaultPath?: string }) => {
      Reflect.set(globalThis, 'proposed', defaultPath);
      return answer;
    });
    Reflect.set(dialog, 'showMessageBox', async (_window: unknown, { message }: { message: string }) => {
      Reflect.get(globalThis, 'said').push(message);
      return { response: 0 };
    });
  }, path);
}

const said = ({ app }: Desk) => app.evaluate(() => Reflect.get(globalThis, 'said') as string[]);

async function choose({ page }: Desk, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Traces menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('what a view shows is saved as PNG and as SVG, where the user says', async ({ desk, home }) => {
  const { app, page } = desk;
  await page.getByRole('button', { name: 'Demo session' }).click();
  const view = page.locator('[data-view=trace]');
  await expect(view.locator('.summary')).toContainText('32 channels', { timeout: 60_000 });
  await expect(view.locator('.picture.waiting')).toHaveCount(0);

  const png = join(home, 'traces.png');
  await saveTo(desk, png);
  await choose(desk, /PNG/);
  await expect.poll(() => existsSync(png)).toBe(true);
  expect(await app.evaluate(() => String(Reflect.get(globalThis, 'proposed')))).toMatch(/Traces\.png$/);
  const bytes = readFileSync(png);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const box = await view.locator('.picture').boundingBox();
  expect(Math.abs(bytes.readUInt32BE(16) - 2 * (box?.width ?? 0))).toBeLessThanOrEqual(2);
  expect(bytes.length).toBeGreaterThan(20_000); // 32 traces, not one colour

  await saveTo(desk, join(home, 'traces')); // the ending is added
  await choose(desk, /SVG/);
  await expect.poll(() => existsSync(join(home, 'traces.svg'))).toBe(true);
  const svg = readFileSync(join(home, 'traces.svg'), 'utf8');
  expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  expect(svg.match(/<path /g)?.length).toBeGreaterThanOrEqual(32);
  expect(svg).toMatch(/<text [^>]*>100 µV<|<text [^>]*>\d+ µV</);
  expect(await said(desk)).toEqual([]);
});

test('a cancelled dialog, another ending, a file that is there and a full folder write nothing', async ({
  desk,
  home,
}) => {
  const save = (name: string) =>
    desk.page.evaluate(async (proposed) => {
      const bytes = new TextEncoder().encode('new');
      return await window.spikedesk?.savePicture({ name: proposed, bytes }).catch((error: Error) => error.message);
    }, name);
  const folder = join(home, 'pictures');
  await saveTo(desk, undefined);
  expect(await save('x.csv')).toBeUndefined();
  await saveTo(desk, join(home, 'x.sh'));
  expect(await save('x.csv')).toBeUndefined();
  expect(await said(desk)).toEqual([expect.stringContaining('must end in .csv')]);
  writeFileSync(join(home, 'old.csv'), 'old');
  await saveTo(desk, join(home, 'old'));
  expect(await save('x.csv')).toBeUndefined();
  expect(await said(desk)).toEqual([expect.stringContaining('exists already')]);
  await saveTo(desk, join(folder, 'x.csv'));
  expect(await save('x.csv')).toBeUndefined();
  expect(await said(desk)).toEqual([expect.stringContaining('no such file or folder')]);
  expect(readFileSync(join(home, 'old.csv'), 'utf8')).toBe('old');
  await saveTo(desk, join(home, 'old.csv'));
  expect(await save('x.csv')).toBe(join(home, 'old.csv'));
  expect(readFileSync(join(home, 'old.csv'), 'utf8')).toBe('new');
  for (const name of ['../x.csv', 'x.sh', '/etc/x.png', '']) expect(await save(name)).toContain('Error');
  expect(readdirSync(home).filter((name) => /^x|partial/.test(name))).toEqual([]);
});
