import { CHUNK_FRAMES, type PageData, type PyramidShape } from './pyramidShape.ts';
import type { Columns } from './tiles.ts';

/**
 * Puts the columns of one chunk, from `first` on, into all levels of its page. Each channel has a scale: one that is
 * loud takes nothing from the resolution of the others. `whole`: the samples are whole numbers, kept as they are where
 * they fit.
 */
export function putChunk(
  { channels, levels }: PyramidShape,
  page: PageData,
  chunk: number,
  found: Columns,
  first: number,
  whole: boolean,
): void {
  const finest = levels[0]!;
  const columns = Math.min(CHUNK_FRAMES / finest, found.columns - first);
  const scales = page.scales.subarray(chunk * channels, (chunk + 1) * channels);
  const low = found.low.subarray(first * channels, (first + columns) * channels);
  const high = found.high.subarray(first * channels, (first + columns) * channels);
  setScales(scales, low, high, whole);
  const out = levelOf(page, finest, chunk, channels);
  for (let i = 0; i < columns; i++)
    for (let c = 0; c < channels; c++) {
      const at = i * channels + c;
      if (low[at]! > high[at]!) continue; // nothing but NaN
      out[2 * at] = rounded(low[at]! / scales[c]!);
      out[2 * at + 1] = rounded(high[at]! / scales[c]!);
    }
  for (let k = 1; k < levels.length; k++)
    coarser(page, chunk, channels, levels[k - 1]!, levels[k]!, Math.ceil((columns * finest) / levels[k - 1]!));
}

function setScales(scales: Float32Array, low: Float32Array, high: Float32Array, whole: boolean): void {
  const channels = scales.length;
  scales.fill(0);
  for (let i = 0; i < low.length; i += channels)
    for (let c = 0; c < channels; c++) {
      const largest = Math.max(-low[i + c]!, high[i + c]!);
      if (largest > scales[c]! && largest < Number.POSITIVE_INFINITY) scales[c] = largest;
    }
  for (let c = 0; c < channels; c++)
    scales[c] = scales[c] === 0 || (whole && scales[c]! <= 32_767) ? 1 : scales[c]! / 32_767;
}

function rounded(value: number): number {
  return Math.round(Math.max(-32_767, Math.min(32_767, value)));
}

/** `columns`: how many of the finer level there are. */
function coarser(page: PageData, chunk: number, channels: number, fine: number, coarse: number, columns: number): void {
  const from = levelOf(page, fine, chunk, channels);
  const to = levelOf(page, coarse, chunk, channels);
  const ratio = coarse / fine;
  const row = 2 * channels;
  for (let i = 0; i * ratio < columns; i++) {
    const at = i * row;
    to.set(from.subarray(i * ratio * row, (i * ratio + 1) * row), at);
    for (let k = i * ratio + 1; k < Math.min(columns, (i + 1) * ratio); k++)
      for (let c = 0; c < row; c += 2) {
        if (from[k * row + c]! < to[at + c]!) to[at + c] = from[k * row + c]!;
        if (from[k * row + c + 1]! > to[at + c + 1]!) to[at + c + 1] = from[k * row + c + 1]!;
      }
  }
}

function levelOf(page: PageData, level: number, chunk: number, channels: number): Int16Array {
  const size = 2 * channels * (CHUNK_FRAMES / level);
  const found = page.levels.get(level);
  if (!found) throw new Error(`a page has no level of ${level} frames`);
  return found.subarray(chunk * size, (chunk + 1) * size);
}
