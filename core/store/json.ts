import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { decodeText, readSmallFile } from './byteSource.ts';
import { JsonError, parsePythonJson, pythonJson } from './pythonJson.ts';
import { writeFileAtomic } from './writeFile.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Read a JSON file as Python writes them (NaN and Infinity allowed). UserError naming file and line if it is not JSON. */
export async function readJson(path: string, maxBytes = MAX_BYTES): Promise<Json> {
  const text = decodeText(readSmallFile(path, maxBytes));
  try {
    return parsePythonJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UserError(`${path} is not readable JSON: ${error.message}`, {
      path,
      hint: 'Was it cut or edited by hand?',
      cause: error,
    });
  }
}

/** Write JSON that Python and SpikeInterface read; old or new at any moment. */
export async function writeJson(path: string, value: unknown, indent = 4): Promise<void> {
  await writeFileAtomic(path, `${pythonJson(value, indent)}\n`);
}
