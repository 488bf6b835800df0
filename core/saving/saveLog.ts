import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from '../shared/zod.ts';
import { fileError } from '../store/fileError.ts';
import type { Done } from './saveJob.ts';
import type { Piece } from './saver.ts';

const whole = z.int().min(0);
const line = z.object({
  index: whole,
  pieces: z.array(z.object({ file: z.string(), position: whole, bytes: whole, crc: whole })),
});

/**
 * The chunks a save has finished, a line each, beside the folder it fills. A line is no promise: after a break each
 * chunk is read again and held against its CRC, so nothing has to be synced on the way.
 */
export class SaveLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(done: Done): void {
    try {
      appendFileSync(this.#path, `${JSON.stringify(done)}\n`);
    } catch (error) {
      throw fileError(error, 'write', this.#path);
    }
  }

  /** What was finished and is still as it was written, by chunk. A line cut off by a break is taken away. */
  readIntact(folder: string): Map<number, readonly Piece[]> {
    const intact = new Map<number, readonly Piece[]>();
    if (!existsSync(this.#path)) return intact;
    const text = readFileSync(this.#path, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    if (end < text.length) truncateSync(this.#path, Buffer.byteLength(text.slice(0, end)));
    for (const row of text.slice(0, end).split('\n')) {
      const done = parsed(row);
      if (done?.pieces.every((piece) => isIntact(folder, piece))) intact.set(done.index, done.pieces);
    }
    return intact;
  }
}

function parsed(row: string): Done | undefined {
  try {
    const result = line.safeParse(JSON.parse(row));
    return result.success ? result.data : undefined;
  } catch {
    return undefined; // cut by a break: the chunk is written again
  }
}

function isIntact(folder: string, { file, position, bytes, crc }: Piece): boolean {
  const path = join(folder, file);
  if (!existsSync(path)) return false;
  const handle = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(bytes);
    let read = 0;
    while (read < bytes) {
      const more = readSync(handle, buffer, read, bytes - read, position + read);
      if (more === 0) return false;
      read += more;
    }
    return crc32(buffer) === crc;
  } finally {
    closeSync(handle);
  }
}
