import { createHash } from 'node:crypto';
import { canonical, type Json } from '../shared/json.ts';
import { openFile } from './byteSource.ts';

/** sha256 (hex) of the canonical JSON: equal values, equal hash. */
export function hashJson(value: Json | undefined): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

export function hashBytes(...pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

const EDGE = 65_536;

/**
 * Tells whether files are still those a result was computed from, without reading them whole: sha256 over each
 * file's size, first, middle and last 64 KB. Names and places do not count, so a moved folder keeps its results.
 */
export async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    const source = openFile(path);
    try {
      hash.update(`${source.size};`);
      const places =
        source.size <= 3 * EDGE
          ? [[0, source.size] as const]
          : ([
              [0, EDGE],
              [Math.floor(source.size / 2), EDGE],
              [source.size - EDGE, EDGE],
            ] as const);
      for (const [position, length] of places) {
        const block = new Uint8Array(length);
        source.read(block, position);
        hash.update(block);
      }
    } finally {
      source.close();
    }
  }
  return hash.digest('hex');
}
