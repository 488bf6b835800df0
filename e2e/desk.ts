import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by \`npm run e2e\` or \`npm run screenshots\``);
  return value;
}

/** The folder of the built app: package.json, dist/. */
export const appFolder = setting('SPIKEDESK_APP');

/** The only folder besides its home that the ordinary user who runs this can write to. */
export const outputFolder = setting('SPIKEDESK_OUTPUT');

export interface Desk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Starts the built app with settings and recent sessions kept in `home`; the sandbox is on, as for any ordinary user. */
export async function launch(home: string, args: readonly string[] = []): Promise<Desk> {
  const app = await _electron.launch({
    executablePath: setting('SPIKEDESK_ELECTRON'),
    args: [appFolder, ...args],
    chromiumSandbox: true, // left out, Playwright adds --no-sandbox
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: join(home, '.data') },
  });
  askAgain(app);
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  await app.evaluate(() => true);
  return { app, page, close: () => app.close() };
}

/**
 * Playwright loses the answer of a process that collects garbage just then, mostly while it starts: asked again. What
 * is asked of the main process in e2e may be asked twice.
 */
function askAgain(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app);
  const value = async (question: never, about: never): Promise<unknown> => {
    for (let asked = 1; ; asked++)
      try {
        return await evaluate(question, about);
      } catch (error) {
        if (asked > 20 || !String(error).includes('garbage collected')) throw error;
      }
  };
  Object.defineProperty(app, 'evaluate', { value });
}

export function temporaryHome(): string {
  return mkdtempSync(join(tmpdir(), 'spikedesk-home-'));
}
