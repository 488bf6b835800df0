import { medianInPlace, quantileInPlace } from '../compute/rowMedians.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { applyClipping, type Clipping } from './clipping.ts';
import { pooled } from './pooled.ts';
import { chunkColumns, randomChunks, seedParam } from './randomChunks.ts';
import { storedValue } from './storedValue.ts';

const params = z.object({
  abs_threshold: z
    .number()
    .nullable()
    .default(null)
    .describe(
      "Samples at least this large count as saturated, in the recording's own units. For the lower end the sign does not matter. Empty: by the quantile.",
    )
    .meta({ title: 'Threshold' }),
  quantile_threshold: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe(
      'Instead of a threshold: this share of all samples at each end counts as saturated, such as 0.001. With direction "upper" the upper end.',
    )
    .meta({ title: 'Quantile' }),
  direction: z
    .enum(['upper', 'lower', 'both'])
    .default('upper')
    .describe('Which end saturates: only large positive samples, only large negative ones, or both.')
    .meta({ title: 'Direction' }),
  fill_value: z
    .number()
    .nullable()
    .default(null)
    .describe('What saturated samples become. Empty: the median of the recording; after a filter 0 is the same.')
    .meta({ title: 'Fill with', advanced: true }),
  num_chunks_per_segment: z
    .int()
    .min(1)
    .default(50)
    .describe('How many pieces of each segment the quantile and the median are learnt from. Usually 50.')
    .meta({ title: 'Pieces', advanced: true }),
  chunk_size: z
    .int()
    .min(1)
    .default(500)
    .describe('How long each piece is, in frames. Usually 500.')
    .meta({ title: 'Length of a piece', unit: 'frames', advanced: true }),
  seed: seedParam,
});

const learnt = z.object({ low: z.number().nullable(), high: z.number().nullable(), fill: z.number() });

/**
 * As SpikeInterface's blank_saturation; except that with direction "lower" a positive abs_threshold means the negative
 * of it, where SpikeInterface would blank nearly everything.
 */
export const blankSaturation: Step<typeof params, Clipping> = {
  name: 'blank_saturation',
  aliases: ['blank_staturation'],
  label: 'Blank saturation',
  help: 'Replaces the samples at which the amplifier was saturated, channel by channel, by a quiet value, so that they are not taken for spikes. Before the filter, which would smear them. Whole stretches of all channels: use "Detect and remove artefacts".',
  params,
  info(parent, { abs_threshold, quantile_threshold }) {
    if (abs_threshold === null && quantile_threshold === null)
      throw new UserError('step "blank_saturation" needs a threshold', {
        hint: 'Set abs_threshold (raw units), or quantile_threshold to 0.001.',
      });
    return parent;
  },
  margin: () => 0,
  async fit(parent, params, signal, slices = randomChunks(parent.info, params)) {
    const { abs_threshold, quantile_threshold: q, direction, fill_value } = params;
    const samples =
      fill_value === null || abs_threshold === null
        ? pooled(await chunkColumns('blank_saturation', parent, slices, signal))
        : new Float32Array();
    const fill = fill_value ?? medianInPlace(samples);
    const low = abs_threshold === null ? quantileInPlace(samples, q ?? 0) : -Math.abs(abs_threshold);
    const high = abs_threshold ?? quantileInPlace(samples, 1 - (q ?? 0));
    return { low: direction === 'upper' ? null : low, high: direction === 'lower' ? null : high, fill };
  },
  prepare({ dtype }, _params, fitted) {
    const result = learnt.safeParse(fitted);
    if (!result.success) throw new Error('blank_saturation: its thresholds have not been learnt yet');
    const becomes = storedValue(result.data.fill, dtype);
    const { low, high } = result.data;
    return {
      low: low === null ? undefined : { at: low, becomes },
      high: high === null ? undefined : { at: high, becomes },
    };
  },
  apply: applyClipping,
};
