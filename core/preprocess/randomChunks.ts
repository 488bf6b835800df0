import { randomSlices } from '../compute/randomSlices.ts';
import { abortError, UserError } from '../shared/errors.ts';
import type { Slices } from '../shared/lists.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

export const seedParam = z
  .int()
  .min(0)
  .nullable()
  .default(0)
  .describe('Which random pieces: the same number gives the same result.')
  .meta({ title: 'Seed', advanced: true });

/** SpikeInterface's random_chunk_kwargs: which pieces of the recording a step learns from. */
export const randomChunkParams = {
  num_chunks_per_segment: z
    .int()
    .min(1)
    .default(20)
    .describe('How many pieces of each segment the values are learnt from. Usually 20.')
    .meta({ title: 'Pieces', advanced: true }),
  chunk_duration: z
    .string()
    .default('500ms')
    .describe('How long each piece is, like "500ms" or "1s".')
    .meta({ title: 'Length of a piece', advanced: true }),
  seed: seedParam,
};

/** Where those pieces lie. */
export function randomChunks(
  info: RecordingInfo,
  params: {
    readonly num_chunks_per_segment: number;
    readonly chunk_duration?: string;
    readonly chunk_size?: number;
    readonly seed: number | null;
  },
): Slices {
  return randomSlices(info, { ...params, seed: params.seed ?? 0 });
}

/** The samples of `slices`, channel by channel. UserError if there are none or not all are numbers. */
export async function chunkColumns(
  step: string,
  recording: Recording,
  slices: Slices,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const channels = recording.info.channelIds.length;
  const total = slices.reduce((sum, [, start, end]) => sum + end - start, 0);
  if (total === 0) throw new UserError(`step "${step}": the recording has no frames to learn from`);
  const columns = Array.from({ length: channels }, () => new Float32Array(total));
  let at = 0;
  for (const [segment, start, end] of slices) {
    if (signal.aborted) throw abortError();
    const data = await recording.read(segment, start, end);
    const bad = dealOut(data, end - start, columns, at);
    if (bad !== undefined)
      throw notNumbers(step, recording, segment, start + Math.floor(bad / channels), bad % channels);
    at += end - start;
  }
  return columns;
}

/** Frames dealt out at once: they stay in the cache while each channel is taken from them. */
const BAND = 64;

/** Writes [frames][channels] into the columns from `at` on. The index of a sample that is no number, if there is one. */
function dealOut(data: Float32Array, frames: number, columns: readonly Float32Array[], at: number): number | undefined {
  const channels = columns.length;
  let spoiled = 0;
  for (let band = 0; band < frames; band += BAND) {
    const end = Math.min(frames, band + BAND);
    for (let c = 0; c < channels; c++) {
      const column = columns[c]!;
      for (let f = band, i = band * channels + c; f < end; f++, i += channels) {
        const value = data[i]!;
        spoiled += value * 0; // NaN from then on if it is NaN or infinite
        column[at + f] = value;
      }
    }
  }
  return spoiled === 0 ? undefined : data.findIndex((value) => !Number.isFinite(value));
}

function notNumbers(step: string, { info }: Recording, segment: number, frame: number, channel: number): UserError {
  return new UserError(
    `step "${step}": channel "${info.channelIds[channel]}" holds NaN or an infinite sample at frame ${frame} of segment ${segment}`,
    { hint: 'Look for it in the raw recording; a damaged file must be repaired first.' },
  );
}
