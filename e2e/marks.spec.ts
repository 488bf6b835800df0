import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appFolder, outputFolder } from './desk.ts';
import { expect, test } from './launch.ts';

/*
 * Each mark, drawn by the app's own commands on the page renderer/gallery.html, against its golden picture and against
 * plain arithmetic. `npm run e2e -- marks --update` makes the golden pictures anew: look at them before they are kept.
 */

const SCENES = [
  ...['fill', 'hairlines', 'moved-lines', 'haze', 'strokes', 'area', 'points', 'bars', 'image', 'heat', 'rects'],
  ...['segments', 'traces', 'wide-traces'],
];
/** So many of 38,400 pixels may be off by more than 4 of 255 levels: drivers round differently. */
const FEW_PIXELS = 20;

/** What the gallery's page offers (renderer/gl/gallery/gallery.ts). */
interface Gallery {
  readonly scenes: readonly string[];
  readonly checks: readonly string[];
  readonly costs: readonly string[];
  compare(
    name: string,
    golden?: string,
  ): Promise<{ readonly picture: string; readonly wrong: number; readonly worst: number; readonly diff: string }>;
  check(name: string, seed: number): readonly string[];
  files(name: string): Promise<Readonly<Record<'png' | 'svg' | 'empty' | 'large', number>>>;
  cost(name: string, rounds: number): { readonly first: number; readonly again: number };
  hidden(): Promise<Readonly<Record<string, number>>>;
  lost(): Promise<{ readonly same: boolean; readonly ms: number }>;
  misses(): number;
}

declare global {
  interface Window {
    readonly gallery?: Gallery;
  }
}

test.beforeEach(async ({ desk: { app, page } }) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://spikedesk/gallery.html'));
  await page.waitForFunction(() => window.gallery !== undefined);
});

test('each mark is drawn as its golden picture', async ({ desk: { page } }) => {
  expect(await page.evaluate(() => window.gallery?.scenes)).toEqual(SCENES);
  for (const name of SCENES) {
    const path = join('golden/marks', `${name}.png`);
    const kept = join(appFolder, 'e2e', path);
    const golden = existsSync(kept) ? readFileSync(kept).toString('base64') : undefined;
    const found = await page.evaluate(([scene, png]) => window.gallery?.compare(scene ?? '', png), [name, golden]);
    if (!found) throw new Error('no gallery');
    if (process.env.SPIKEDESK_UPDATE) {
      write(join(outputFolder, path), found.picture);
      continue;
    }
    if (found.wrong > FEW_PIXELS) {
      write(join(outputFolder, 'marks', `${name}.png`), found.picture);
      write(join(outputFolder, 'marks', `${name}-diff.png`), found.diff);
    }
    expect(found.wrong, `${name}: pixels off, the worst by ${found.worst}; test-results/marks`).toBeLessThanOrEqual(
      FEW_PIXELS,
    );
  }
  expect(await page.evaluate(() => window.gallery?.misses())).toBe(0);
});

test('bars, images and traces of random data cover the pixels they must, and no others', async ({ desk: { page } }) => {
  const names = await page.evaluate(() => window.gallery?.checks ?? []);
  expect(names).toEqual(['bars', 'image', 'traces', 'heat']);
  for (const name of names)
    for (let seed = 1; seed <= 8; seed++) {
      const wrong = await page.evaluate(
        ([check, at]) => window.gallery?.check(String(check), Number(at)),
        [name, seed],
      );
      expect(wrong, `${name}, seed ${seed}`).toEqual([]);
    }
});

test('the PNG of a view is what is on the screen, at any size, and the SVG shows the same', async ({
  desk: { page },
}) => {
  for (const name of SCENES) {
    const files = await page.evaluate((scene) => window.gallery?.files(scene), name);
    expect(files?.png, name).toBe(0);
    expect(files?.large, name).toBe(2);
    // Edges are softer in it, and hairlines as wide as a pixel.
    expect((files?.svg ?? 1) / (files?.empty ?? 1), `${name}: SVG`).toBeLessThan(0.6);
  }
  expect(await page.evaluate(() => window.gallery?.misses())).toBe(0);
});

test('panels that are hidden are not drawn, and are once they are seen', async ({ desk: { page } }) => {
  expect(await page.evaluate(() => window.gallery?.hidden())).toEqual({ whileHidden: 0, other: 1, onceSeen: 1 });
});

test('after a lost context the same picture is there again', async ({ desk: { page } }) => {
  const { same, ms } = (await page.evaluate(() => window.gallery?.lost())) ?? { same: false, ms: 0 };
  console.log(`back after ${ms.toFixed(0)} ms`);
  expect(same).toBe(true);
  expect(ms).toBeLessThan(2000);
});

test('what drawing a large panel costs', async ({ desk: { page } }) => {
  for (const name of await page.evaluate(() => window.gallery?.costs ?? [])) {
    const { first, again } = (await page.evaluate((cost) => window.gallery?.cost(cost, 9), name)) ?? {
      first: 0,
      again: 0,
    };
    console.log(`1800 x 1000, ${name}: ${first.toFixed(1)} ms with new data, ${again.toFixed(1)} ms again`);
    expect(first, name).toBeLessThan(1000);
  }
});

function write(path: string, base64: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(base64, 'base64'));
}
