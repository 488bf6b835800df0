import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recent } from '../shared/api.ts';
import { readJson, writeJson } from '../store/json.ts';

const MOST = 20;

/** The paths opened last, newest first; those that are gone are left out. */
export async function readRecents(dataFolder: string): Promise<readonly Recent[]> {
  const value = await readJson(fileIn(dataFolder)).catch(() => undefined);
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry): Recent[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { path, name, openedAt } = entry;
    const whole = typeof path === 'string' && typeof name === 'string' && typeof openedAt === 'string';
    return whole && existsSync(path) ? [{ path, name, openedAt }] : [];
  });
}

export async function addRecent(dataFolder: string, path: string, name: string): Promise<void> {
  const others = (await readRecents(dataFolder)).filter((recent) => recent.path !== path);
  const recents = [{ path, name, openedAt: new Date().toISOString() }, ...others].slice(0, MOST);
  await mkdir(dataFolder, { recursive: true });
  await writeJson(fileIn(dataFolder), recents);
}

const fileIn = (dataFolder: string) => join(dataFolder, 'recents.json');
