import type { Recording } from '../shared/recording.ts';
import { breathe } from './breathe.ts';
import { kernels } from './kernels.ts';
import { type Columns, noColumns } from './tiles.ts';

/** Columns of a segment, counted from its start; those beyond its end are cut off. */
export interface ColumnRange {
  readonly segment: number;
  readonly framesAColumn: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** Float32 of one read where reading costs nothing more: it stays in the cache until its extremes are found. */
const BLOCK_BYTES = 4 * 2 ** 20;
/** The same where each read reads a margin too; a cancel is heard after it. */
const MARGIN_BLOCK_BYTES = 24 * 2 ** 20;

/** `range` in frames, cut to the segment. */
export function framesOf(range: ColumnRange, numFrames: number): { startFrame: number; endFrame: number } {
  const endFrame = Math.min(numFrames, range.endColumn * range.framesAColumn);
  return { startFrame: Math.min(endFrame, range.firstColumn * range.framesAColumn), endFrame };
}

/** Extremes of all frames. `margin`: what the chain of the recording reads around each read. */
export async function readColumns(
  recording: Recording,
  range: ColumnRange,
  margin: number,
  signal: AbortSignal,
): Promise<Columns> {
  const { segment, framesAColumn } = range;
  const channels = recording.info.channelIds.length;
  const { startFrame, endFrame } = framesOf(range, recording.info.numFrames[segment] ?? 0);
  const block = blockFrames(channels, margin);
  const whole = endFrame - startFrame <= block;
  if (framesAColumn === 1 && whole) {
    await breathe(signal);
    const data = await recording.read(segment, startFrame, endFrame);
    return { columns: endFrame - startFrame, low: data, high: data };
  }
  const columns = Math.ceil((endFrame - startFrame) / framesAColumn);
  const found = noColumns(columns, channels);
  for (let from = startFrame; from < endFrame; from += block) {
    await breathe(signal);
    const to = Math.min(endFrame, from + block);
    const data = await recording.read(segment, from, to);
    const first = Math.floor((from - startFrame) / framesAColumn);
    const end = Math.ceil((to - startFrame) / framesAColumn);
    const edges = Int32Array.from({ length: end - first + 1 }, (_, i) =>
      Math.min(to - from, Math.max(0, startFrame + (first + i) * framesAColumn - from)),
    );
    const part = [first * channels, end * channels] as const;
    kernels().minMax(data, channels, edges, found.low.subarray(...part), found.high.subarray(...part));
  }
  return found;
}

function blockFrames(channels: number, margin: number): number {
  const bytes = margin > 0 ? MARGIN_BLOCK_BYTES : BLOCK_BYTES;
  return Math.max(1, 2 * margin, Math.floor(bytes / 4 / channels));
}

/**
 * A first look: `stretches` stretches of `frames` frames, evenly spread; each stands for the columns around it. Returns
 * the part of all frames that was looked at.
 */
export async function sampleColumns(
  recording: Recording,
  range: ColumnRange,
  { stretches, frames }: { readonly stretches: number; readonly frames: number },
  signal: AbortSignal,
): Promise<{ columns: Columns; sampled: number }> {
  const { segment, framesAColumn } = range;
  const channels = recording.info.channelIds.length;
  const { startFrame, endFrame } = framesOf(range, recording.info.numFrames[segment] ?? 0);
  const columns = Math.ceil((endFrame - startFrame) / framesAColumn);
  const found = noColumns(columns, channels);
  const count = Math.min(columns, Math.max(1, stretches));
  let seen = 0;
  let lastBreath = performance.now();
  for (let k = 0; k < count; k++) {
    if (performance.now() - lastBreath > 8) {
      await breathe(signal);
      lastBreath = performance.now();
    }
    const first = Math.floor((k * columns) / count);
    const end = Math.floor(((k + 1) * columns) / count);
    const from = startFrame + first * framesAColumn;
    const to = Math.min(endFrame, startFrame + end * framesAColumn);
    const length = Math.min(to - from, Math.max(1, frames));
    const start = from + Math.floor((to - from - length) / 2);
    const data = await recording.read(segment, start, start + length);
    const at = first * channels;
    const one = [at, at + channels] as const;
    kernels().minMax(data, channels, Int32Array.of(0, length), found.low.subarray(...one), found.high.subarray(...one));
    for (let i = first + 1; i < end; i++) {
      found.low.copyWithin(i * channels, ...one);
      found.high.copyWithin(i * channels, ...one);
    }
    seen += length;
  }
  return { columns: found, sampled: seen / Math.max(1, endFrame - startFrame) };
}
