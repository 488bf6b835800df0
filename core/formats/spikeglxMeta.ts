import { UserError } from '../shared/errors.ts';
import { readSmallText } from '../store/byteSource.ts';

/** A .meta file: `key=value` lines, values as text. */
export interface Meta {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

const MAX_BYTES = 16 * 1024 * 1024;

export function readMeta(path: string): Meta {
  return parseMeta(readSmallText(path, MAX_BYTES), path);
}

function parseMeta(text: string, path: string): Meta {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const equals = line.indexOf('=');
    if (equals <= 0) continue;
    const key = line.slice(0, equals).trim();
    values.set(key.startsWith('~') ? key.slice(1) : key, line.slice(equals + 1).trim());
  }
  return { path, values };
}

/** The number under `key`. UserError naming file and key if it is missing or no finite number. */
export function metaNumber(meta: Meta, key: string): number {
  const text = meta.values.get(key);
  if (text === undefined || text === '') return badMeta(meta, `it has no ${key}`);
  const value = Number(text);
  if (!Number.isFinite(value)) return badMeta(meta, `${key} is "${text.slice(0, 40)}", not a number`);
  return value;
}

/** "384,384,1" as numbers. */
export function metaCounts(meta: Meta, key: string): readonly number[] | undefined {
  const text = meta.values.get(key);
  if (text === undefined) return undefined;
  const counts = text.split(',').map(Number);
  if (counts.length > 64 || !counts.every((n) => Number.isInteger(n) && n >= 0 && n <= 1_000_000))
    return badMeta(meta, `${key} is "${text.slice(0, 40)}", not counts`);
  return counts;
}

/** The entries of "(a)(b)(c)"; the first is the header. */
export function metaTable(meta: Meta, key: string): readonly string[] | undefined {
  const text = meta.values.get(key);
  if (text === undefined || !text.startsWith('(')) return undefined;
  return text.replace(/^\(/, '').replace(/\)$/, '').split(')(');
}

export function badMeta(meta: Meta, why: string): never {
  throw new UserError(`${meta.path} cannot be used: ${why}`, {
    path: meta.path,
    hint: 'Was it edited or cut? Choose the original .meta of this .bin.',
  });
}
