import { accessSync, constants, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { readJson } from '../store/json.ts';
import { makeLastingFolder } from '../store/lastingFolder.ts';
import { parsePythonJson, pythonJson } from '../store/pythonJson.ts';
import { writeFileAtomic } from '../store/writeFile.ts';

/** Of settings.json: layouts, keys and columns are small; what is larger is no setting. */
const MAX_BYTES = 2 * 1024 * 1024;

export interface SettingsFile {
  read(): Promise<Settings>;
  /** On the disk when this returns. */
  keep(name: string, value: Json): Promise<void>;
}

/** settings.json of the user's data folder. A damaged one is set aside, told by `onNotice`, and begun anew. */
export function settingsFile(dataFolder: string, onNotice: (notice: string) => void): SettingsFile {
  const path = join(dataFolder, 'settings.json');
  let last: Promise<unknown> = Promise.resolve();
  /** One after another: each keeps what the one before has kept. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  async function read(): Promise<Settings> {
    if (!existsSync(path)) return {};
    try {
      const value = await readJson(path, MAX_BYTES);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Settings;
    } catch (error) {
      if (!(error instanceof UserError) || !isReadable(path)) throw error;
    }
    const aside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(path, aside);
    onNotice(
      `The window's settings (layouts, keys, columns) could not be read and start anew. The damaged file is kept: ${aside}`,
    );
    return {};
  }

  return {
    read: () => inTurn(read),
    keep: (name, value) =>
      inTurn(async () => {
        const settings = Object.fromEntries([...Object.entries(await read()), [name, value]]);
        const text = `${pythonJson(settings, 1)}\n`;
        checkReadable(name, text);
        if (text.length > MAX_BYTES)
          throw new UserError(`the setting "${name}" is not kept: all settings together would be over 2 MB`, {
            path,
            hint: 'Remove saved layouts that are not needed any more.',
          });
        makeLastingFolder(dataFolder);
        await writeFileAtomic(path, text);
      }),
  };
}

/** What could not be read back (levels without end) would look like damage the next time. */
function checkReadable(name: string, text: string): void {
  try {
    parsePythonJson(text);
  } catch (cause) {
    throw new UserError(`the setting "${name}" cannot be kept`, { cause });
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
