import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { type Random, random } from '../../core/shared/random.ts';
import { type Desk, launch, outputFolder, temporaryHome } from '../desk.ts';
import { field, frameOf, listen, quantile, type Range, type Shown, type } from './windowSteps.ts';

/*
 * node windowDriver.mjs RECORDING SECONDS STEPS: what `npm run bench window` does as an ordinary user on a display.
 * Steps are typed into the fields of the traces' head and timed from the event of the Enter key to the frame that holds
 * the new range and is in the canvas.
 */

const RATE = 30_000;
const SPANS_S = [0.25, 1] as const;
/** Steps gone through again at once: their tiles fit into the caches. */
const BATCH = 20;
/** Steps of one span. */
const SAME_SPAN = 5;
const SEED = 5;
const WIDE_S = [3, 10, 30] as const;

const [recording = '', seconds = '60', wantedSteps = '200'] = process.argv.slice(2);
const SECONDS = Number(seconds);
const STEPS = Number(wantedSteps);

function tell(name: string, value: number): void {
  appendFileSync(join(outputFolder, 'figures.jsonl'), `${JSON.stringify({ name, value })}\n`);
}

async function main(): Promise<void> {
  const desk = await launch(temporaryHome());
  const { app, page } = desk;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1920, 1200));
  console.log(
    `load ${loadavg()[0]!.toFixed(1)}; ${await page.evaluate(() => `${innerWidth}x${innerHeight} at ${devicePixelRatio}`)}`,
  );
  await watchMain(app);
  await open(desk);
  await longestStall(app); // from here on
  const width = await page.evaluate(() => {
    const picture = document.querySelector('[data-view=trace] .picture');
    return ((picture?.clientWidth ?? 0) - 52) * devicePixelRatio;
  });
  console.log(`the traces are ${width} device pixels wide`);
  tell('width', width);

  await wide(page, 'filtered');
  await nodeOf(page, 'raw');
  await wide(page, 'raw');
  await nodeOf(page, 'filtered');
  const bytes: number[] = [];
  let seed = SEED + 1;
  for (const [node, steps] of [
    ['filtered', STEPS / 2],
    ['raw', STEPS / 5],
  ] as const) {
    await nodeOf(page, node);
    for (const way of ['image', 'lines'] as const) {
      await drawnAs(page, way);
      bytes.push(...(await timed(page, `${node} as ${way}`, steps, random(seed++))));
    }
  }
  tell('bytes', Math.max(...bytes));
  console.log(
    `bytes a step: median ${(quantile(bytes, 0.5) / 1e6).toFixed(2)} MB, most ${(Math.max(...bytes) / 1e6).toFixed(2)} MB`,
  );
  tell('stall', await longestStall(app));

  await listen(page, false);
  await quiet(desk);
  await desk.close();
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
}

/** Opens the recording by the button of the welcome page. */
async function open({ app, page }: Desk): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, recording);
  const button = page.getByRole('button', { name: 'Open folder' });
  await button.waitFor();
  await listen(page, true);
  await button.click();
  const shown = await frameOf(page, { range: undefined, rate: RATE, sampled: false });
  tell('open', shown.ms);
  console.log(`open to first traces: ${shown.ms.toFixed(0)} ms`);
}

/** One window after the other, each then once more from tiles that are there. Gives the bytes of each cold step. */
async function timed(page: Page, name: string, count: number, chance: Random): Promise<number[]> {
  const [cold, warm]: [Shown[], Shown[]] = [[], []];
  for (let done = 0; done < count; done += BATCH) {
    const steps = randomSteps(Math.min(BATCH, count - done), chance);
    for (const times of [cold, warm])
      for (const step of steps) {
        await spanOf(page, step.spanS);
        times.push(await goTo(page, step));
      }
  }
  for (const [how, shown] of [
    ['cold', cold],
    ['warm', warm],
  ] as const) {
    const ms = shown.map((one) => one.ms);
    const [p50, p95] = [quantile(ms, 0.5), quantile(ms, 0.95)];
    tell(`${name}, ${how}, p50`, p50);
    tell(`${name}, ${how}, p95`, p95);
    console.log(
      `${name}, ${how}: p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, most ${Math.max(...ms).toFixed(0)} ms of ${count} steps`,
    );
  }
  return cold.map((one) => one.bytes);
}

function randomSteps(count: number, { integer, uniform }: Random): Range[] {
  let spanS = 0;
  return Array.from({ length: count }, (_, i) => {
    if (i % SAME_SPAN === 0) spanS = Number((SPANS_S[0] + uniform() * (SPANS_S[1] - SPANS_S[0])).toFixed(3));
    return { startS: integer(1000 * (SECONDS - 1)) / 1000, spanS };
  });
}

async function goTo(page: Page, range: Range): Promise<Shown> {
  await type(page, 'startS', range.startS);
  return await frameOf(page, { range, rate: RATE, sampled: false });
}

/** Not timed. */
async function spanOf(page: Page, spanS: number): Promise<void> {
  if (Number(await field(page, 'spanS').inputValue()) === spanS) return;
  const startS = Number(await field(page, 'startS').inputValue());
  await type(page, 'spanS', spanS);
  await frameOf(page, { range: { startS: Math.min(startS, SECONDS - spanS), spanS }, rate: RATE, sampled: false });
}

/** Wide windows up to the whole, each for the first time. */
async function wide(page: Page, node: string): Promise<void> {
  const firsts: number[] = [];
  for (const spanS of [...WIDE_S, SECONDS]) {
    await spanOf(page, 0.5);
    const startS = Math.max(0, SECONDS / 2 - spanS);
    if (Number(await field(page, 'startS').inputValue()) !== startS) await goTo(page, { startS, spanS: 0.5 });
    await type(page, 'spanS', spanS);
    const range = { startS, spanS };
    const first = await frameOf(page, { range, rate: RATE, sampled: true });
    const exact = await frameOf(page, { range, rate: RATE, sampled: false });
    firsts.push(first.ms);
    console.log(
      `${node}, ${spanS} s wide: first picture after ${first.ms.toFixed(0)} ms (${first.summary}), exact after ${(exact.ms / 1000).toFixed(1)} s`,
    );
  }
  tell(`${node}, wide, first picture`, Math.max(...firsts));
}

async function nodeOf(page: Page, node: 'raw' | 'filtered'): Promise<void> {
  const select = page.locator('[data-view=trace] select[data-param=node]');
  const options = await select.locator('option').count();
  await select.selectOption({ index: node === 'raw' ? 0 : options - 1 });
  await frameOf(page, { range: undefined, rate: RATE, sampled: false });
}

async function drawnAs(page: Page, way: 'image' | 'lines'): Promise<void> {
  const isImage = async () => (await summary(page)).includes('blue to red');
  if ((await isImage()) !== (way === 'image')) await page.keyboard.press('Alt+i');
  for (let i = 0; i < 100 && (await isImage()) !== (way === 'image'); i++) await page.waitForTimeout(20);
}

async function summary(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const frames = Reflect.get(window, 'benchMeasured').frames;
    return frames.filter(({ view }: { view: string }) => view === 'trace').at(-1)?.summary ?? '';
  });
}

/** Steps without the waits for the canvas, which would be tasks of the page themselves: its long tasks. */
async function quiet({ app, page }: Desk): Promise<void> {
  const since = await page.evaluate(() => performance.now());
  const chance = random(SEED);
  for (const way of ['image', 'lines'] as const) {
    await drawnAs(page, way);
    for (const step of randomSteps(STEPS / 4, chance)) {
      await spanOf(page, step.spanS);
      await goTo(page, step);
    }
  }
  await page.waitForTimeout(300);
  const tasks = await page.evaluate((from) => {
    const { longTasks } = Reflect.get(window, 'benchMeasured');
    return longTasks.filter(({ at }: { at: number }) => at >= from).map(({ ms }: { ms: number }) => ms);
  }, since);
  tell('task', Math.max(0, ...tasks));
  tell('stall', await longestStall(app));
  console.log(`tasks of the page over 50 ms: ${tasks.length} [${tasks.map((ms: number) => ms.toFixed(0)).join(' ')}]`);
}

const TICK_MS = 5;

/** From now on the main process notes how late its timers are. */
async function watchMain(app: ElectronApplication): Promise<void> {
  await app.evaluate((_, tick) => {
    const stalls: number[] = [];
    Reflect.set(globalThis, 'benchStalls', stalls);
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      if (now - last - tick > 20) stalls.push(now - last - tick);
      last = now;
    }, tick);
  }, TICK_MS);
}

/** … since it was asked last, ms. */
async function longestStall(app: ElectronApplication): Promise<number> {
  const stalls = await app.evaluate(() => Reflect.get(globalThis, 'benchStalls').splice(0) as number[]);
  console.log(
    `stalls of the main process over 20 ms: ${stalls.length} [${stalls.map((ms) => ms.toFixed(0)).join(' ')}]`,
  );
  return Math.max(0, ...stalls);
}

await main();
