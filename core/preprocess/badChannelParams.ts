import { z } from '../shared/zod.ts';

export const channelId = z.union([z.number(), z.string()]);

/** How bad channels are looked for: SpikeInterface's names and defaults. */
export const detectionParams = {
  method: z
    .enum(['coherence+psd', 'std', 'mad', 'neighborhood_r2'])
    .default('coherence+psd')
    .describe(
      'coherence+psd (of the International Brain Laboratory): tells dead, noisy and out-of-brain channels apart; needs a probe and gains. std, mad: only channels that are far louder than the others. neighborhood_r2: channels unlike their neighbours, for slow signals (LFP).',
    )
    .meta({ title: 'Method' }),
  std_mad_threshold: z
    .number()
    .positive()
    .default(5)
    .describe('For "std" and "mad": how many times louder than the median channel is too loud. Usually 5.')
    .meta({ title: 'Too loud', advanced: true }),
  psd_hf_threshold: z
    .number()
    .positive()
    .default(0.02)
    .describe(
      'For "coherence+psd": more power than this at the highest frequencies makes a channel noisy. Usually 0.02 for spikes (AP band), 1.4 for LFP.',
    )
    .meta({ title: 'Most high-frequency power', unit: 'µV²/Hz' }),
  dead_channel_threshold: z
    .number()
    .default(-0.5)
    .describe(
      'For "coherence+psd": a channel whose similarity to the probe lies this far below its neighbours\' is dead. Usually -0.5.',
    )
    .meta({ title: 'Dead below', advanced: true }),
  noisy_channel_threshold: z
    .number()
    .default(1)
    .describe(
      'For "coherence+psd": a channel whose similarity lies this far above its neighbours\' is noisy. Usually 1.',
    )
    .meta({ title: 'Noisy above', advanced: true }),
  outside_channel_threshold: z
    .number()
    .default(-0.75)
    .describe(
      'For "coherence+psd": where a whole end of the probe has a similarity below 1 + this, it is outside the brain. Usually -0.75.',
    )
    .meta({ title: 'Outside below', advanced: true }),
  outside_channels_location: z
    .enum(['top', 'bottom', 'both'])
    .default('top')
    .describe('Which end of the probe may be outside the brain: usually the top.')
    .meta({ title: 'Outside at', advanced: true }),
  n_neighbors: z
    .int()
    .min(1)
    .default(11)
    .describe(
      'For "coherence+psd": channels, the middle one counted, that similarity is compared with. Odd; usually 11.',
    )
    .meta({ title: 'Neighbours', unit: 'channels', advanced: true }),
  nyquist_threshold: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.8)
    .describe('High frequencies are those above this part of half the sampling frequency. Usually 0.8.')
    .meta({ title: 'High frequencies from', advanced: true }),
  direction: z
    .enum(['x', 'y', 'z'])
    .default('y')
    .describe('The axis of depth. Channels are ordered by y, then x.')
    .meta({ title: 'Depth axis', advanced: true }),
  chunk_duration_s: z
    .number()
    .positive()
    .default(0.3)
    .describe('How long each piece is that is looked at.')
    .meta({ title: 'Length of a piece', unit: 's', advanced: true }),
  num_random_chunks: z
    .int()
    .min(1)
    .default(100)
    .describe('How many pieces of each segment are looked at. The verdict most pieces agree on is taken; usually 100.')
    .meta({ title: 'Pieces', advanced: true }),
  welch_window_ms: z
    .number()
    .positive()
    .default(10)
    .describe('Window of the power spectrum. Usually 10.')
    .meta({ title: 'Spectrum window', unit: 'ms', advanced: true }),
  highpass_filter_cutoff: z
    .number()
    .positive()
    .default(300)
    .describe('A recording that is not filtered yet is high-pass filtered here for the detection only.')
    .meta({ title: 'High-pass for the detection', unit: 'Hz', advanced: true }),
  neighborhood_r2_threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('For "neighborhood_r2": less of a channel explained by its neighbours makes it bad. Usually 0.9 for LFP.')
    .meta({ title: 'Least explained', advanced: true }),
  neighborhood_r2_radius_um: z
    .number()
    .positive()
    .default(30)
    .describe('For "neighborhood_r2": how near a neighbour is.')
    .meta({ title: 'Neighbours within', unit: 'µm', advanced: true }),
  seed: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Which random pieces: the same number gives the same result. Empty: 0.')
    .meta({ title: 'Seed', advanced: true }),
  channel_filters: z
    .array(z.enum(['dead', 'noise', 'out']))
    .nullable()
    .default(null)
    .describe('For "coherence+psd": only channels with one of these verdicts count as bad. Empty: all of them.')
    .meta({ title: 'Count as bad', advanced: true }),
  job_kwargs: z
    .record(z.string(), z.json())
    .nullable()
    .default(null)
    .describe("Read from SpikeInterface's recipes; Spikedesk shares its workers out itself.")
    .meta({ title: 'Job options', advanced: true }),
};

const detection = z.object(detectionParams);
export type DetectionParams = z.output<typeof detection>;

/** Given by hand, it wins over the detection: this is how a verdict is overruled and the recipe keeps it. */
export const overrule = {
  bad_channel_ids: z
    .array(channelId)
    .nullable()
    .default(null)
    .describe('The bad channels, if you decide yourself: nothing is detected then. Empty: detected.')
    .meta({ title: 'Bad channels' }),
};
