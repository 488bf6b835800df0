import type { Block } from '../shared/compute.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';

export interface BlockRange {
  readonly segment: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Largest block, bytes of float32: several fit in the workers' memory and one fits in a cache-friendly read. */
const MAX_BLOCK_BYTES = 64 * 2 ** 20;

/** All frames of all segments in order, cut into blocks of `seconds` (fewer where the channels are many). */
export function blockRanges(info: RecordingInfo, seconds = 1): BlockRange[] {
  const most = Math.floor(MAX_BLOCK_BYTES / 4 / info.channelIds.length);
  const frames = Math.max(1, Math.min(most, Math.round(seconds * info.samplingFrequency)));
  return info.numFrames.flatMap((total, segment) =>
    Array.from({ length: Math.ceil(total / frames) }, (_, i) => ({
      segment,
      startFrame: i * frames,
      endFrame: Math.min(total, (i + 1) * frames),
    })),
  );
}

/** `ranges` as `parts` contiguous stretches of nearly equal length, in order. Never more stretches than ranges. */
export function stretches<Range>(ranges: readonly Range[], parts: number): Range[][] {
  const count = Math.max(1, Math.min(parts, ranges.length));
  return Array.from({ length: count }, (_, k) =>
    ranges.slice(Math.floor((k * ranges.length) / count), Math.floor(((k + 1) * ranges.length) / count)),
  );
}

/** Read one block with `margin` frames on both sides; beyond the segment's borders they are zeros. */
export async function readBlock(recording: Recording, range: BlockRange, margin: number): Promise<Block> {
  const { segment, startFrame, endFrame } = range;
  const total = recording.info.numFrames[segment]!;
  const channels = recording.info.channelIds.length;
  const from = Math.max(0, startFrame - margin);
  const to = Math.min(total, endFrame + margin);
  const traces = await recording.read(segment, from, to);
  const frames = endFrame - startFrame;
  const block = { segment, startFrame, frames, channels, margin };
  if (to - from === frames + 2 * margin) return { ...block, data: traces };
  const data = new Float32Array((frames + 2 * margin) * channels);
  data.set(traces, (from - (startFrame - margin)) * channels);
  return { ...block, data };
}
