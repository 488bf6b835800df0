import { homedir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../api/index.ts';
import { openPool } from '../compute/pool.ts';
import type { Api } from '../shared/api.ts';
import { readVersion } from './version.ts';

/** The same Api the window uses, with workers of its own, closed at the end whatever happens. */
export async function withApi<T>(use: (api: Api) => Promise<T>): Promise<T> {
  const pool = openPool({ worker: new URL('./worker.mjs', import.meta.url) });
  const api = createApi({ pool, dataFolder: dataFolder(), version: readVersion() });
  try {
    return await use(api);
  } finally {
    await api.dispose();
    await pool.close();
  }
}

/** Runs a method to its end. */
export async function drain<Item, Result>(
  running: AsyncGenerator<Item, Result>,
  onItem: (item: Item) => void = () => {},
): Promise<Result> {
  let step = await running.next();
  while (!step.done) {
    onItem(step.value);
    step = await running.next();
  }
  return step.value;
}

/** Where the user's own data of Spikedesk lies (demo, sessions of read-only recordings), as each system has it. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.SPIKEDESK_DATA) return env.SPIKEDESK_DATA;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Spikedesk');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Spikedesk');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'spikedesk');
}
