import { type BlockRange, blockRanges } from '../../compute/blocks.ts';
import type { RecordingInfo } from '../../shared/recording.ts';

/** Blocks of `blockSeconds`, evenly over the recording, that make up about `seconds` of it (all of it, if shorter). */
export function sampleBlocks(info: RecordingInfo, seconds: number, blockSeconds: number): BlockRange[] {
  const all = blockRanges(info, blockSeconds);
  const count = Math.min(all.length, Math.max(1, Math.round(seconds / blockSeconds)));
  return Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)]!);
}
