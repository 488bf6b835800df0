import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Property } from '../shared/recording.ts';
import { readJson } from '../store/json.ts';
import { type NpyArray, readNpy } from '../store/npy.ts';
import { isFolder, listFolder } from '../store/pathKind.ts';

const MAX_PROPERTIES = 1000;

export interface Properties {
  /** One value a channel or unit. */
  readonly flat: Readonly<Record<string, Property>>;
  /** What holds more than one value a channel or unit (locations, contact_vector): by name. */
  readonly other: Readonly<Record<string, NpyArray>>;
}

/** SpikeInterface's properties/NAME.npy, `count` rows each. UserError naming the file if one cannot be read. */
export async function readProperties(folder: string, count: number): Promise<Properties> {
  const flat: Record<string, Property> = Object.create(null);
  const other: Record<string, NpyArray> = Object.create(null);
  const inside = join(folder, 'properties');
  if (!isFolder(inside)) return { flat, other };
  const names = listFolder(inside)
    .map((entry) => entry.name)
    .filter((name) => name.endsWith('.npy'));
  if (names.length > MAX_PROPERTIES)
    throw new UserError(`${inside} holds ${names.length} properties`, {
      path: inside,
      hint: 'Is it the right folder?',
    });
  for (const name of names) {
    const path = join(inside, name);
    const array = await readNpy(path);
    if (array.shape[0] !== count)
      throw new UserError(`${path} has ${array.shape[0] ?? 0} values, not one for each of ${count}`, {
        path,
        hint: 'It does not belong to this folder: move it away.',
      });
    const key = name.slice(0, -4);
    if (array.shape.length !== 1 || array.kind === 'records') other[key] = array;
    else if (array.kind === 'strings') flat[key] = array.data;
    else flat[key] = array.dtype.includes('b1') ? Array.from(array.data, Boolean) : Array.from(array.data);
  }
  return { flat, other };
}

/** annotations.json (0.105) or those in si_folder.json (before). Never provenance, never a pickle. */
export async function readAnnotations(folder: string): Promise<Readonly<Record<string, Json>>> {
  const own = join(folder, 'annotations.json');
  if (existsSync(own)) return objectOf(await readJson(own));
  const older = join(folder, 'si_folder.json');
  return existsSync(older) ? objectOf(objectOf(await readJson(older)).annotations) : {};
}

function objectOf(json: Json | undefined): Readonly<Record<string, Json>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
  const out: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(json)) if (value !== undefined) out[key] = value;
  return out;
}

/** A path a file of the folder names, which must lie in the folder. */
export function insideFolder(folder: string, path: string, source: string): string {
  const full = resolve(folder, path);
  const from = relative(folder, full);
  if (isAbsolute(path) || from === '' || from.startsWith('..') || isAbsolute(from))
    throw new UserError(`${source} names ${path}, which is outside its folder: it is not opened`, {
      path: source,
      hint: 'Copy the file into the folder and name it without a path, or open it as flat binary.',
    });
  return full;
}
