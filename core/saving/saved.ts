import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import { z } from '../shared/zod.ts';
import { readJson, writeJson } from '../store/json.ts';
import type { Piece } from './saver.ts';

/*
 * spikedesk.json in a saved folder: from what it was made, and size and CRC-32 of all that is in it. SpikeInterface
 * passes over it.
 */

const NAME = 'spikedesk.json';

const schema = z.object({
  key: z.string(),
  detail: z.string(),
  more: z.object({
    saver: z.string(),
    bytes: z.number(),
    rawBytes: z.number(),
    files: z.record(z.string(), z.int().min(0)),
  }),
});

export interface Saved {
  readonly saver: string;
  readonly key: string;
  readonly detail: string;
  /** Of all files. */
  readonly bytes: number;
  /** Of the traces as plain samples. */
  readonly rawBytes: number;
  readonly files: number;
}

export interface Marking {
  readonly key: string;
  readonly saver: string;
  readonly detail: string;
  readonly version: string;
  /** Source and steps, as session.json has them. */
  readonly recipe: Json;
  readonly rawBytes: number;
}

/** Writes spikedesk.json into a folder that is whole otherwise. `pieces`: of all chunks, in order. */
export async function markSaved(folder: string, marking: Marking, pieces: readonly Piece[]): Promise<Saved> {
  const files = filesIn(folder);
  const sizes = Object.fromEntries(files.map((file) => [file, statSync(join(folder, file)).size]));
  const known = new Set(pieces.map(({ file }) => file));
  const others = files
    .filter((file) => !known.has(file))
    .map((file): Piece => {
      const bytes = readFileSync(join(folder, file));
      return { file, position: 0, bytes: bytes.byteLength, crc: crc32(bytes) };
    });
  const bytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const { key, saver, detail, version, recipe, rawBytes } = marking;
  await writeJson(join(folder, NAME), {
    spikedesk: 1,
    key,
    detail,
    madeBy: version,
    more: {
      saver,
      recipe,
      bytes,
      rawBytes,
      files: sizes,
      // file, position, bytes, CRC-32
      checksums: [...pieces, ...others].map((p) => [p.file, p.position, p.bytes, p.crc.toString(16).padStart(8, '0')]),
    },
  });
  return { saver, key, detail, bytes, rawBytes, files: files.length };
}

/** What was saved at `folder`; undefined if nothing is there. UserError if it is something else, or not whole. */
export async function readSaved(folder: string): Promise<Saved | undefined> {
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory())
    throw new UserError(`${folder} is a file`, { path: folder, hint: 'Choose another name. It was not touched.' });
  if (!existsSync(join(folder, NAME))) {
    if (readdirSync(folder).length === 0) return undefined;
    throw new UserError(`${folder} exists already and is not empty`, {
      path: folder,
      hint: 'Choose another folder, or remove this one first. Nothing in it was touched.',
    });
  }
  const result = schema.safeParse(await readJson(join(folder, NAME)));
  if (!result.success)
    throw new UserError(`${folder} holds other results of Spikedesk`, {
      path: folder,
      hint: 'Choose another folder. Nothing in it was touched.',
    });
  const { key, detail, more } = result.data;
  for (const [file, size] of Object.entries(more.files)) {
    const now = statSync(join(folder, file), { throwIfNoEntry: false })?.size;
    if (now === size) continue;
    throw new UserError(`${join(folder, file)} ${now === undefined ? 'is missing' : `has ${now} bytes, not ${size}`}`, {
      path: folder,
      hint: 'The saved folder is not whole any more: remove it and save again.',
    });
  }
  const { saver, bytes, rawBytes } = more;
  return { saver, key, detail, bytes, rawBytes, files: Object.keys(more.files).length };
}

function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      return entry.isDirectory() ? filesIn(folder, path) : entry.name === NAME ? [] : [path];
    })
    .sort();
}
