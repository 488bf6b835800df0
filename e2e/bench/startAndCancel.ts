import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright';
import { random } from '../../core/shared/random.ts';
import { launch, temporaryHome } from '../desk.ts';

/**
 * From the start of the process to the welcome page in a window that can be seen, ms, of each of `times` starts after a
 * first. Playwright's own start is in it.
 */
export async function startTimes(times: number): Promise<number[]> {
  const home = temporaryHome();
  await timedStart(home);
  const ms: number[] = [];
  for (let i = 0; i < times; i++) ms.push(await timedStart(home));
  return ms;
}

async function timedStart(home: string): Promise<number> {
  const start = performance.now();
  const { app, page, close } = await launch(home);
  await page.getByRole('heading', { name: 'Spikedesk' }).waitFor();
  await shown(app);
  const ms = performance.now() - start;
  await close();
  return ms;
}

/** Resolves once the window is shown, which it is when it has been painted. */
function shown(app: ElectronApplication): Promise<void> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window && !window.isVisible()) await new Promise<void>((resolve) => window.once('show', () => resolve()));
  });
}

const SEED = 7;
/** Given up after this long, ms. */
const PATIENCE = 10_000;

export interface Cancel {
  readonly ms: number;
  /** What the job bar said just before. */
  readonly stage: string;
}

/**
 * From the click on Cancel to the page saying that nothing runs, ms: `times` cancels at random moments of the demo's
 * sorting, then of its analysis. After each the next run is accepted.
 */
export async function cancelTimes(times: number): Promise<Cancel[]> {
  const desk = await launch(temporaryHome());
  const { page } = desk;
  const { uniform } = random(SEED);
  await page.getByRole('button', { name: 'Demo session' }).click();
  const rail = page.getByRole('navigation', { name: 'Stations' });
  const run = rail.getByRole('button', { name: 'Run all' });
  await run.waitFor({ timeout: 60_000 });
  const found: Cancel[] = [];
  const cancels = async (count: number, withinS: number) => {
    for (let i = 0; i < count; i++) {
      await run.click();
      await wait(1000 * withinS * uniform());
      found.push(await timedCancel(page));
    }
  };
  await cancels(Math.ceil(times / 2), 6);
  await run.click();
  await rail.getByRole('button', { name: /Sort\s*done/ }).waitFor({ timeout: 200_000 });
  await timedCancel(page);
  await cancels(Math.floor(times / 2), 1);
  await desk.close();
  return found;
}

async function timedCancel(page: Page): Promise<Cancel> {
  const jobs = page.getByRole('region', { name: 'Jobs' });
  const idle = jobs.evaluate(
    (bar, patience) =>
      new Promise<number>((resolve, reject) => {
        window.addEventListener(
          'click',
          ({ timeStamp }) => {
            // The bar is another element when it is idle.
            const look = () => {
              if (document.querySelector('[aria-label=Jobs].idle')) resolve(performance.now() - timeStamp);
              else if (performance.now() - timeStamp > patience) reject(new Error('it still runs'));
              else requestAnimationFrame(look);
            };
            look();
          },
          { capture: true, once: true },
        );
        bar.toggleAttribute('data-watched', true);
      }),
    PATIENCE,
  );
  await page.locator('[aria-label=Jobs][data-watched]').waitFor();
  const stage = (await jobs.locator('.stage').textContent()) ?? '';
  await jobs.getByRole('button', { name: 'Cancel' }).click();
  return { ms: await idle, stage };
}
