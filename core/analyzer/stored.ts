import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../shared/json.ts';
import { commitFolder } from '../store/folder.ts';
import { readJson, writeJson } from '../store/json.ts';
import { type NpyArray, readNpy, writeNpy } from '../store/npy.ts';
import { siClass as describedBy } from '../store/siProperties.ts';
import { writeFileAtomic } from '../store/writeFile.ts';
import { csvText, parseCsv, type Table } from './csv.ts';
import type { ExtensionData, Params } from './extension.ts';

/** An extension as it lies on disk: ours, or one that SpikeInterface computed. */
export interface Stored {
  readonly folder: string;
  readonly params: Params;
  /** Hash of all it was computed from; absent where SpikeInterface computed it. */
  readonly key?: string;
  /** Every NAME.npy, by NAME. */
  readonly arrays: Readonly<Record<string, NpyArray>>;
  /** Every NAME.csv, by NAME. */
  readonly tables: Readonly<Record<string, Table>>;
}

export function extensionFolder(analyzer: string, name: string): string {
  return join(analyzer, 'extensions', name);
}

/** Params and key alone; undefined if the extension is not there, or was never finished. */
export async function readStoredParams(folder: string): Promise<Pick<Stored, 'params' | 'key'> | undefined> {
  if (!existsSync(join(folder, 'params.json'))) return undefined;
  const runInfo = await readOptional(join(folder, 'run_info.json'));
  if (runInfo?.run_completed === false) return undefined;
  const params = asObject(await readJson(join(folder, 'params.json'))) ?? {};
  const ours = asObject((await readOptional(join(folder, 'info.json')))?.spikedesk);
  return typeof ours?.key === 'string' ? { params, key: ours.key } : { params };
}

/** The whole extension, or `only` the arrays of those names. Pickles are passed over: they are never opened. */
export async function readStored(folder: string, only?: readonly string[]): Promise<Stored | undefined> {
  const head = await readStoredParams(folder);
  if (!head) return undefined;
  const arrays: Record<string, NpyArray> = {};
  const tables: Record<string, Table> = {};
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const name = file.replace(/\.(npy|csv)$/, '');
    if (file.startsWith('.') || name === file || (only && !only.includes(name))) continue;
    if (file.endsWith('.npy')) arrays[name] = await readNpy(path);
    else tables[name] = parseCsv(readFileSync(path, 'utf8'), path);
  }
  return { folder, ...head, arrays, tables };
}

export interface StoredHead {
  readonly siClass: string;
  readonly params: Params;
  readonly key: string;
  readonly seconds: number;
}

/** Write an extension, whole or not at all; what was there is replaced. */
export async function writeStored(folder: string, head: StoredHead, data: ExtensionData): Promise<void> {
  const { siClass, params, key, seconds } = head;
  await commitFolder(
    folder,
    async (partial) => {
      for (const [name, path] of Object.entries(data.moved ?? {})) renameSync(path, join(partial, name));
      for (const [name, array] of Object.entries(data.arrays ?? {}))
        await writeNpy(join(partial, `${name}.npy`), array);
      for (const [name, table] of Object.entries(data.tables ?? {}))
        await writeFileAtomic(join(partial, `${name}.csv`), csvText(table));
      // SpikeInterface reads every other .json of the folder as data: our key goes where it does not look.
      await writeJson(join(partial, 'info.json'), {
        ...describedBy(siClass),
        spikedesk: { key },
      });
      await writeJson(join(partial, 'params.json'), params);
      await writeJson(join(partial, 'run_info.json'), { run_completed: true, runtime_s: seconds });
    },
    { replace: true, aside: dirname(dirname(folder)) },
  );
}

/** Changes whenever the extension is written anew. */
export function storedStamp(folder: string): string {
  const path = join(folder, 'params.json');
  if (!existsSync(path)) return '';
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino}:${mtimeMs}:${size}`;
}

export function asObject(value: unknown): Readonly<Record<string, Json>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : undefined;
}

async function readOptional(path: string): Promise<Params | undefined> {
  return existsSync(path) ? asObject(await readJson(path)) : undefined;
}
