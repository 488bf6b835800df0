import { kernels } from '../compute/kernels.ts';
import type { WholeRange } from '../compute/wholeNumbers.ts';
import type { Reference } from './references.ts';

export type Operator = 'median' | 'average';

/** Frames referenced at once: their traces stay in the cache while every reference is taken from them. */
const BAND = 256;

/**
 * Subtracts from each reference's channels the operator over its `from` channels; channels in no reference stay.
 * data: [frames][channels]; returned in place, or as a new array where references overlap.
 */
export function subtractReferences(
  data: Float32Array,
  frames: number,
  channels: number,
  references: readonly Reference[],
  operator: Operator,
  whole: WholeRange | undefined,
): Float32Array {
  const only = references.length === 1 ? references[0] : undefined;
  if (only && operator === 'median' && isAll(only.of, channels) && isAll(only.from, channels)) {
    kernels().subtractMedians(data, frames, channels, whole);
    return data;
  }
  const out = only ? data : data.slice();
  const band = only ? frames : BAND;
  for (let start = 0; start < frames; start += band) {
    const rows = Math.min(band, frames - start);
    const before = data.subarray(start * channels, (start + rows) * channels);
    for (const { of, from } of references) {
      if (from.length === 0) continue;
      const level =
        operator === 'median' ? medians(before, rows, channels, from) : averages(before, rows, channels, from);
      subtract(out, start, channels, of, level);
    }
  }
  if (whole) kernels().wholeNumbers(out, whole);
  return out;
}

function subtract(out: Float32Array, start: number, channels: number, of: Int32Array, level: Float32Array): void {
  const columns = of.length;
  for (let f = 0; f < level.length; f++) {
    const at = (start + f) * channels;
    const reference = level[f]!;
    for (let k = 0; k < columns; k++) out[at + of[k]!]! -= reference;
  }
}

function medians(data: Float32Array, rows: number, channels: number, from: Int32Array): Float32Array {
  const columns = from.length;
  const picked = new Float32Array(rows * columns);
  for (let f = 0; f < rows; f++)
    for (let k = 0; k < columns; k++) picked[f * columns + k] = data[f * channels + from[k]!]!;
  return kernels().rowMedians(picked, rows, columns);
}

function averages(data: Float32Array, rows: number, channels: number, from: Int32Array): Float32Array {
  const columns = from.length;
  const level = new Float32Array(rows);
  for (let f = 0; f < rows; f++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += data[f * channels + from[k]!]!;
    level[f] = sum / columns;
  }
  return level;
}

function isAll(from: Int32Array, channels: number): boolean {
  return from.length === channels && from.every((channel, i) => channel === i);
}
