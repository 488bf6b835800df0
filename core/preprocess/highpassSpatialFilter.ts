import { kernels } from '../compute/kernels.ts';
import { noiseLevels } from '../compute/noiseLevels.ts';
import { randomSlices } from '../compute/randomSlices.ts';
import type { SpatialFilter } from '../compute/spatialFilter.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Slices, Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { butterworth } from './butterworth.ts';
import { channelLayoutOf } from './channelLayoutOf.ts';
import { dtypeParam, outputType } from './outputType.ts';

const NAME = 'highpass_spatial_filter';

const params = z.object({
  n_channel_pad: z
    .int()
    .min(0)
    .nullable()
    .default(60)
    .describe(
      'Channels mirrored beyond both ends of the probe, so that its ends are filtered like its middle. Usually 60.',
    )
    .meta({ title: 'Mirrored channels', unit: 'channels' }),
  n_channel_taper: z
    .int()
    .min(0)
    .nullable()
    .default(0)
    .describe(
      'Channels at the ends (mirrored ones included) that are faded out. Usually 0; empty: as many as are mirrored.',
    )
    .meta({ title: 'Faded channels', unit: 'channels', advanced: true }),
  direction: z
    .enum(['x', 'y', 'z'])
    .default('y')
    .describe('Along which axis of the probe the channels follow each other. Usually y, the depth.')
    .meta({ title: 'Direction', advanced: true }),
  apply_agc: z
    .boolean()
    .default(true)
    .describe(
      'Make all channels equally loud before the filter and undo it afterwards, so that a noisy channel does not spread to its neighbours.',
    )
    .meta({ title: 'Gain control' }),
  agc_window_length_s: z
    .number()
    .positive()
    .default(0.1)
    .describe('How long loudness is averaged for the gain control. Usually 0.1.')
    .meta({ title: 'Gain window', unit: 's', advanced: true }),
  highpass_butter_order: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Steepness of the filter along the channels. Usually 3.')
    .meta({ title: 'Order', advanced: true }),
  highpass_butter_wn: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.01)
    .describe(
      'Corner of the filter: 1 is a pattern that alternates from channel to channel. Usually 0.01: patterns longer than about 200 channels go.',
    )
    .meta({ title: 'Corner', advanced: true }),
  epsilon: z
    .number()
    .min(0)
    .default(0.003)
    .describe("Least loudness divided by, as a part of the channel's usual one. Usually 0.003.")
    .meta({ title: 'Least loudness', advanced: true }),
  random_slice_kwargs: z
    .object({
      num_chunks_per_segment: z.int().min(1).default(20),
      chunk_duration: z.union([z.string(), z.number()]).default('500ms'),
      chunk_size: z.int().min(1).nullable().default(null),
      seed: z.int().min(0).nullable().default(0),
    })
    .nullable()
    .default(null)
    .describe('Which pieces of the recording the usual loudness is learnt from. Usually empty: 20 of half a second.')
    .meta({ title: 'Pieces', advanced: true }),
  dtype: dtypeParam,
  rms_values: z
    .array(z.number().min(0))
    .nullable()
    .default(null)
    .describe('Usual loudness (RMS) of each channel, where it is known. Usually empty: learnt from the recording.')
    .meta({ title: 'RMS', advanced: true }),
});

type Params = z.output<typeof params>;

interface Prepared {
  readonly spatial: SpatialFilter;
  readonly channels: number;
  readonly whole: WholeRange | undefined;
}

/** Channels from one end of the probe to the other: as they are where that is so already, else by y, then x. */
function depthOrder(parent: RecordingInfo, direction: 'x' | 'y' | 'z'): number[] {
  const { x, y } = channelLayoutOf(NAME, parent);
  const along = { x, y, z: undefined }[direction];
  if (!along)
    throw new UserError(`step "${NAME}": the probe has no direction "${direction}"`, {
      hint: 'Choose x or y; y is the usual depth.',
    });
  const order = [...parent.channelIds.keys()];
  if (along.every((value, c) => c === 0 || value >= along[c - 1]!)) return order;
  return order.sort((a, b) => y[a]! - y[b]! || x[a]! - x[b]!);
}

function check(parent: RecordingInfo, params: Params): void {
  const channels = parent.channelIds.length;
  const groups = new Set(parent.properties.group?.map(String));
  if (groups.size > 1)
    throw new UserError(`step "${NAME}": the channels are in ${groups.size} groups, and the filter runs across all`, {
      hint: 'Split the recording by group (or shank) and run the step in each.',
    });
  depthOrder(parent, params.direction);
  for (const key of ['n_channel_pad', 'n_channel_taper'] as const)
    if ((params[key] ?? 0) > channels)
      throw new UserError(`step "${NAME}": ${key} is ${params[key]}, the recording has ${channels} channels`, {
        hint: `Set ${key} to ${channels} or less.`,
      });
  if (params.rms_values && params.rms_values.length !== channels)
    throw new UserError(
      `step "${NAME}": rms_values has ${params.rms_values.length} numbers, the recording ${channels} channels`,
      { hint: 'One number a channel, or empty.' },
    );
}

/** Raised cosine from 0 at the outermost row to 1 at the `taper`th, at both ends. */
function taperOf(rows: number, taper: number): Float32Array {
  const rise = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : (1 - Math.cos(x * Math.PI)) / 2);
  if (taper === 0) return new Float32Array(rows).fill(1);
  return Float32Array.from({ length: rows }, (_, r) => rise(r / taper) * (1 - rise((r - rows + taper) / taper)));
}

/**
 * As SpikeInterface's highpass_spatial_filter, which is the International Brain Laboratory's: traces divided by their
 * loudness (|x| under a raised cosine), filtered forward and backward along the channels, multiplied again.
 */
export const highpassSpatialFilter: Step<typeof params, Prepared> = {
  name: NAME,
  label: 'Spatial high-pass filter',
  help: 'Removes what changes slowly along the probe: stripes across many channels, also those that are stronger at one end, which a common reference leaves. Part of the destriping of the International Brain Laboratory; for probes with many channels in one row.',
  params,
  info(parent, params) {
    check(parent, params);
    return { ...parent, dtype: outputType(NAME, parent, params.dtype) };
  },
  margin: (parent, params) => (params.apply_agc ? halfWindow(parent, params) : 0),

  async fit(parent, params, signal, slices = slicesOf(parent.info, params.random_slice_kwargs)) {
    const known = params.rms_values ?? parent.info.properties.noise_level_rms_raw?.map(Number);
    const used = params.apply_agc ? (known ?? (await noiseLevels(parent, slices, { method: 'rms' }, signal))) : [];
    return { rms_values: [...used] };
  },

  prepare(parent, params, given) {
    const order = depthOrder(parent, params.direction);
    const channels = order.length;
    const pad = params.n_channel_pad ?? 0;
    const rows = [...order.slice(0, pad).reverse(), ...order, ...order.slice(channels - pad).reverse()];
    const filter = butterworth(params.highpass_butter_order, [params.highpass_butter_wn], 2);
    const weights = taperOf(rows.length, params.n_channel_taper ?? pad);
    const spatial = { rows: Int32Array.from(rows), weights, pad, filter };
    const whole = wholeRange(params.dtype ?? parent.dtype);
    if (!params.apply_agc) return { spatial, channels, whole };
    const rms = learnt.safeParse(given);
    if (!rms.success || rms.data.rms_values.length !== channels)
      throw new Error(`${NAME}: its loudness has not been learnt from this recording yet`);
    // SpikeInterface takes the nth channel's value for the nth in depth; so do we, to give the same numbers.
    const least = new Float32Array(channels);
    order.forEach((channel, nth) => {
      least[channel] = params.epsilon * rms.data.rms_values[nth]!;
    });
    return { spatial: { ...spatial, gain: { halfWindow: halfWindow(parent, params), least } }, channels, whole };
  },

  apply(data, frames, { spatial, channels, whole }) {
    kernels().spatialFilter(data, frames, channels, spatial, whole);
    return data;
  },
};

const learnt = z.object({ rms_values: z.array(z.number()) });

/** Frames of the window to either side: NumPy's rounding, halves to the even neighbour, of half its length. */
function halfWindow(parent: RecordingInfo, { agc_window_length_s }: Params): number {
  const half = (agc_window_length_s * parent.samplingFrequency) / 2;
  const below = Math.floor(half);
  const over = half - below;
  return Math.max(1, over < 0.5 || (over === 0.5 && below % 2 === 0) ? below : below + 1);
}

function slicesOf(parent: RecordingInfo, given: Params['random_slice_kwargs']): Slices {
  if (!given) return randomSlices(parent);
  const { chunk_size, seed, ...rest } = given;
  return randomSlices(parent, { ...rest, seed: seed ?? 0, ...(chunk_size !== null && { chunk_size }) });
}
