import type { Random } from '../../shared/random.ts';

/** Rows of numbers, of which a bounded random choice is kept. */
export interface Reservoir {
  readonly width: number;
  readonly keep: number;
  readonly r: Random;
  seen: number;
  kept: number;
  /** [kept …][width] */
  values: Float32Array<ArrayBuffer>;
}

export function reservoir(width: number, keep: number, r: Random): Reservoir {
  return { width, keep, r, seen: 0, kept: 0, values: new Float32Array(16 * width) };
}

/**
 * Where the next row goes in `values`, or -1 if it is not kept. Vitter's algorithm R: each row has the same chance to
 * be among those kept.
 */
export function nextRow(bag: Reservoir): number {
  bag.seen++;
  const row = bag.kept < bag.keep ? bag.kept++ : bag.r.integer(bag.seen);
  if (row >= bag.keep) return -1;
  if ((row + 1) * bag.width > bag.values.length) {
    const grown = new Float32Array(bag.values.length * 2);
    grown.set(bag.values);
    bag.values = grown;
  }
  return row * bag.width;
}

/** The rows kept. */
export function keptRows(bag: Reservoir): Float32Array<ArrayBuffer> {
  return bag.values.slice(0, bag.kept * bag.width);
}
