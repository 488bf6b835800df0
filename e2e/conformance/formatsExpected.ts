import { z } from '../../core/shared/zod.ts';

/** What expected.json of the samples says of each kind of read. */
const numbers = z.array(z.number());
const each = <T extends z.ZodType>(value: T) => z.union([value, z.array(value)]);
const segment = z.object({
  start_time_s: z.number(),
  head: z.array(numbers),
  middle_frame: z.number(),
  middle: z.array(numbers),
  last: z.array(numbers),
  sha256: z.string(),
  sum_per_channel: numbers,
  head_uV: z.array(numbers).optional(),
});
export const recordingSchema = z.object({
  n_frames: numbers,
  sampling_frequency: z.number(),
  dtype: z.string(),
  channel_ids: z.array(z.union([z.string(), z.number()])),
  gain_to_uV: each(z.number()).nullable(),
  offset_to_uV: each(z.number()).nullable(),
  channel_name: each(z.string()).optional(),
  inter_sample_shift: each(z.number()).optional(),
  group: each(z.number()).optional(),
  locations_um: z.array(numbers).optional(),
  segments: z.array(segment),
});
export const sortingSchema = z.object({
  sampling_frequency: z.number(),
  unit_ids: z.array(z.number()),
  segments: z.array(
    z.object({
      n_spikes: z.record(z.string(), z.number()),
      first: z.record(z.string(), numbers),
      sha256: z.record(z.string(), z.string()),
    }),
  ),
  properties: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
});
export const arraysSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      shape: numbers,
      dtype: z.string(),
      fortran: z.boolean(),
      head: z.array(z.union([z.number(), z.boolean()])),
      sha256: z.string(),
    }),
  ),
});
export const probesSchema = z.object({
  probes: z.array(
    z.object({
      positions_um: z.array(numbers),
      device_channel_indices: numbers,
      shank_ids: z.array(z.string()).nullish(),
      part_number: z.string(),
    }),
  ),
});
export const probeSchema = z.object({
  n_contacts: z.number(),
  first_positions_um: z.array(numbers),
  positions_sha256_f64: z.string(),
  part_number: z.string().nullish(),
  shanks: z.array(z.string()).nullish(),
});
export const expectedSchema = z.record(z.string(), z.looseObject({ kind: z.string() }));

export const streamsSchema = z.object({ n_segments: numbers, signal_streams: z.array(z.array(z.string())) });

export type ExpectedRecording = z.output<typeof recordingSchema>;
export type ExpectedSegment = z.output<typeof segment>;
