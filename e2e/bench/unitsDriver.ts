import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { type Random, random } from '../../core/shared/random.ts';
import type { DrawnFrame } from '../../renderer/measure.ts';
import { type Desk, launch, outputFolder, temporaryHome } from '../desk.ts';
import { askMemory } from './memory.ts';
import { listen, quantile } from './windowSteps.ts';

/*
 * node unitsDriver.mjs FOLDER PAIRS: what `npm run bench units` does as an ordinary user on a display. Units are
 * selected by clicks in the table, timed from the second click to the last picture of all views that can be seen.
 */

const [folder = '', pairs = '30'] = process.argv.slice(2);
const PAIRS = Number(pairs);
const SCROLL_S = 2;
/** No view has drawn anything for so long, ms: all is there. */
const CALM_MS = 250;

function tell(name: string, value: number): void {
  appendFileSync(join(outputFolder, 'figures.jsonl'), `${JSON.stringify({ name, value })}\n`);
}

async function main(): Promise<void> {
  const desk = await launch(temporaryHome());
  const { app, page } = desk;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1920, 1200));
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
  await open(desk);
  const chance = random(7);
  const times: number[] = [];
  for (let i = 0; i <= PAIRS; i++) {
    const { ms, views } = await selectPair(page, chance);
    if (i === 0) console.log(`first pair: ${ms.toFixed(0)} ms; views: ${views.join(', ')}`);
    else times.push(ms);
  }
  const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  tell('pair', median);
  console.log(
    `two units selected: median ${median.toFixed(0)}, p95 ${p95.toFixed(0)}, most ${Math.max(...times).toFixed(0)} ms of ${PAIRS} pairs`,
  );
  const rates = [await scrolled(page), await scrolled(page), await scrolled(page)];
  console.log(`frames a second while the table scrolls: ${rates.map((rate) => rate.toFixed(1)).join(', ')}`);
  tell('scroll', Math.round(quantile(rates, 0.5)));
  const megabytes = await askMemory(outputFolder, app.process().pid ?? 0);
  console.log(`memory of the process tree: ${megabytes.toFixed(0)} MB`);
  tell('memory', megabytes);
  await desk.close();
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
}

async function open({ app, page }: Desk): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
  const button = page.getByRole('button', { name: 'Open folder' });
  await button.waitFor();
  await listen(page, true);
  await button.click();
  await rows(page).first().waitFor({ timeout: 60_000 });
  const opened = await allDrawn(page);
  tell('open', opened.ms);
  console.log(`open to table and views: ${opened.ms.toFixed(0)} ms`);
}

function rows(page: Page) {
  return page.getByRole('grid', { name: 'Units', exact: true }).locator('.grid-body [role=row]');
}

/** Two rows somewhere in the table. */
async function selectPair(page: Page, chance: Random) {
  const grid = page.getByRole('grid', { name: 'Units', exact: true });
  await grid.hover();
  await page.mouse.wheel(0, (chance.integer(2) === 0 ? 1 : -1) * (500 + chance.integer(10_000)));
  await page.waitForTimeout(150);
  const box = await grid.boundingBox();
  if (!box) throw new Error('there is no table of units');
  const places = chance.integer(2) === 0 ? [0.3, 0.6] : [0.7, 0.4];
  const at = (part: number) => [box.x + 40, box.y + part * box.height] as const;
  await page.mouse.click(...at(places[0]!));
  await page.keyboard.down('Control');
  await page.mouse.click(...at(places[1]!));
  await page.keyboard.up('Control');
  return await allDrawn(page);
}

/** From the last click to the last frame of all views that can be seen, once none waits and none draws any more. */
async function allDrawn(page: Page): Promise<{ readonly ms: number; readonly views: readonly string[] }> {
  return await page.evaluate(
    (calm) =>
      new Promise<{ ms: number; views: string[] }>((resolve, reject) => {
        const measured = Reflect.get(window, 'benchMeasured');
        const event = Reflect.get(window, 'benchEvent');
        const given = performance.now();
        const look = () => {
          const frames: DrawnFrame[] = measured.frames.slice(event.frames);
          const last = frames.at(-1);
          if (performance.now() - given > 60_000) reject(new Error(`${measured.waiting()} views wait for data`));
          else if (!last || measured.waiting() > 0 || performance.now() - last.at < calm) return;
          else resolve({ ms: last.at - event.at, views: [...new Set(frames.map(({ view }) => view))] });
          clearInterval(timer);
        };
        const timer = setInterval(look, 20);
      }),
    CALM_MS,
  );
}

/** Frames a second of the page while the wheel turns over the table. */
async function scrolled(page: Page): Promise<number> {
  await page.getByRole('grid', { name: 'Units', exact: true }).hover();
  await page.evaluate(() => {
    const times: number[] = [];
    Reflect.set(window, 'benchTimes', times);
    const frame = (at: number) => {
      times.push(at);
      if (Reflect.get(window, 'benchTimes') === times) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const end = Date.now() + 1000 * SCROLL_S;
  for (let i = 0; Date.now() < end; i++) {
    await page.mouse.wheel(0, i % 60 < 30 ? 60 : -60);
    await page.waitForTimeout(8);
  }
  const times = await page.evaluate(() => {
    const made = Reflect.get(window, 'benchTimes') as number[];
    Reflect.set(window, 'benchTimes', undefined);
    return made;
  });
  return (1000 * (times.length - 1)) / (times.at(-1)! - times[0]!);
}

await main();
