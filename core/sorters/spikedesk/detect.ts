/** Troughs found in one block, in order of time; rows count from the start of the block's data. */
export interface Peaks {
  readonly row: Int32Array;
  readonly channel: Int32Array;
}

/**
 * Locally exclusive detection: a sample below -threshold that is the deepest within `sweep` rows on all channels near
 * it. traces: [channels][rows], in units of the noise; rows [fromRow, toRow) are searched,
 * where `isOpen` if it is given.
 */
export function detectPeaks(
  traces: Float32Array,
  rows: number,
  fromRow: number,
  toRow: number,
  threshold: number,
  near: readonly Int32Array[],
  sweep: number,
  isOpen?: (channel: number, row: number) => boolean,
): Peaks {
  const found: { row: number; channel: number }[] = [];
  const first = Math.max(fromRow, sweep);
  const last = Math.min(toRow, rows - sweep);
  for (let c = 0; c < near.length; c++) {
    const base = c * rows;
    for (let i = base + first; i < base + last; i++) {
      const value = traces[i]!;
      if (value > -threshold || value > traces[i - 1]! || value >= traces[i + 1]!) continue;
      if (isOpen && !isOpen(c, i - base)) continue;
      if (isDeepest(traces, rows, i - base, c, near[c]!, sweep)) found.push({ row: i - base, channel: c });
    }
  }
  found.sort((a, b) => a.row - b.row || a.channel - b.channel);
  return { row: Int32Array.from(found, (p) => p.row), channel: Int32Array.from(found, (p) => p.channel) };
}

/** Of equals the first in time stays, then the lower channel. */
function isDeepest(
  traces: Float32Array,
  rows: number,
  row: number,
  channel: number,
  near: Int32Array,
  sweep: number,
): boolean {
  const value = traces[channel * rows + row]!;
  for (const k of near) {
    const at = k * rows + row;
    for (let i = at - sweep; i <= at + sweep; i++) {
      const other = traces[i]!;
      if (other < value) return false;
      if (other === value && (i < at || (i === at && k < channel))) return false;
    }
  }
  return true;
}
