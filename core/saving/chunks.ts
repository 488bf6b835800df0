import { UserError } from '../shared/errors.ts';
import { type RecordingInfo, sampleArrays } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import type { Chunk } from './saver.ts';

/** SpikeInterface's job parameters: how much is worked on at a time, and by how many. */
export const jobParams = {
  chunk_duration: z
    .string()
    .regex(/^\s*\d+(\.\d+)?\s*(ms|s)\s*$/, 'write it like "1s" or "500ms"')
    .default('1s')
    .describe('How much of the recording is worked on at a time, and the chunk of a zarr file. Usually 1s.')
    .meta({ title: 'Chunk' }),
  chunk_size: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('The same in frames, instead of the duration.')
    .meta({ title: 'Chunk', unit: 'frames', advanced: true }),
  chunk_memory: z
    .string()
    .regex(/^\s*\d+(\.\d+)?\s*[kMG]i?B?\s*$/, 'write it like "100M" or "1G"')
    .nullable()
    .default(null)
    .describe('The same in memory, such as 100M, instead of the duration.')
    .meta({ title: 'Chunk', advanced: true }),
  n_jobs: z
    .int()
    .nullable()
    .default(null)
    .describe('How many workers write. Empty or -1: all there are, one a core.')
    .meta({ title: 'Workers', advanced: true }),
};

export interface ChunkParams {
  readonly chunk_duration: string;
  readonly chunk_size: number | null;
  readonly chunk_memory: string | null;
  readonly n_jobs: number | null;
}

/** Frames of a chunk: chunk_size, else chunk_memory, else chunk_duration, as in SpikeInterface. */
export function chunkFrames(info: RecordingInfo, params: ChunkParams): number {
  const { chunk_duration, chunk_size, chunk_memory } = params;
  if (chunk_size !== null) return chunk_size;
  if (chunk_memory !== null) {
    const frameBytes = info.channelIds.length * sampleArrays[info.dtype].BYTES_PER_ELEMENT;
    return Math.max(1, Math.floor(bytesOf(chunk_memory) / frameBytes));
  }
  const [, value, unit] = /^([\d.]+)\s*(ms|s)$/.exec(chunk_duration.trim()) ?? [];
  const seconds = Number(value) / (unit === 'ms' ? 1000 : 1);
  const frames = Math.floor(seconds * info.samplingFrequency);
  if (frames >= 1) return frames;
  throw new UserError(`save, chunk_duration: ${chunk_duration} is shorter than one frame`, { hint: '1s is usual.' });
}

function bytesOf(memory: string): number {
  const [, value, letter = '', binary] = /^([\d.]+)\s*([kMG])(i?)/.exec(memory.trim()) ?? [];
  return Number(value) * (binary ? 1024 : 1000) ** ' kMG'.indexOf(letter);
}

/** All frames of all segments, in order. */
export function chunksOf({ numFrames }: RecordingInfo, frames: number): Chunk[] {
  let index = 0;
  return numFrames.flatMap((total, segment) =>
    Array.from({ length: Math.ceil(total / frames) }, (_, row) => ({
      index: index++,
      segment,
      row,
      startFrame: row * frames,
      endFrame: Math.min(total, (row + 1) * frames),
    })),
  );
}

/** How many of `size` workers write. UserError that names what would be right. */
export function workersOf(n_jobs: number | null, size: number): number {
  if (n_jobs === null || n_jobs === -1) return size;
  if (n_jobs >= 1 && n_jobs <= size) return n_jobs;
  throw new UserError(`save, n_jobs: ${n_jobs} workers cannot be had, there are ${size} (one a core)`, {
    hint: `Give 1 to ${size}, or leave it out.`,
  });
}
