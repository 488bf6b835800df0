import { UserError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import { random } from '../shared/random.ts';
import type { RecordingInfo } from '../shared/recording.ts';

/** As SpikeInterface's get_random_sample_slices, whose names these are; but the seed is never left to chance. */
export interface RandomSlicesParams {
  readonly num_chunks_per_segment?: number;
  /** '500ms', '1s', or a number of seconds. */
  readonly chunk_duration?: string | number;
  /** Frames; instead of chunk_duration. */
  readonly chunk_size?: number;
  readonly seed?: number;
}

/**
 * Chunks that stand for a whole recording: in each segment as many, at random places, in order of time; they may
 * overlap. A segment shorter than a chunk gives the whole of itself, once.
 */
export function randomSlices(info: RecordingInfo, params: RandomSlicesParams = {}): Slices {
  const { num_chunks_per_segment = 20, chunk_duration = '500ms', chunk_size, seed = 0 } = params;
  const size = Math.max(1, chunk_size ?? Math.floor(seconds(chunk_duration) * info.samplingFrequency));
  const draw = random(seed);
  return info.numFrames.flatMap((frames, segment) => {
    if (frames === 0) return [];
    if (frames <= size) return [[segment, 0, frames] as const];
    const starts = Array.from({ length: num_chunks_per_segment }, () => draw.integer(frames - size + 1));
    return starts.sort((a, b) => a - b).map((start) => [segment, start, start + size] as const);
  });
}

function seconds(duration: string | number): number {
  if (typeof duration === 'number') return duration;
  const [, value, unit] = /^([\d.]+)\s*(ms|s)$/.exec(duration.trim()) ?? [];
  const number = Number(value);
  if (!(number > 0)) throw new UserError(`"${duration}" is not a duration`, { hint: 'Write it like "500ms" or "1s".' });
  return unit === 'ms' ? number / 1000 : number;
}
