import { medianInPlace, quantileInPlace } from '../compute/rowMedians.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { floatDtypeParam, outputType } from './outputType.ts';
import { pooled } from './pooled.ts';
import { chunkColumns, randomChunkParams, randomChunks } from './randomChunks.ts';
import { applyScaling, inverse, learntScaling, type Scaling } from './scaling.ts';

const params = z.object({
  scale: z
    .number()
    .positive()
    .default(1)
    .describe('What the distance between the two quantiles becomes. Usually 1.')
    .meta({ title: 'Scale' }),
  median: z.number().default(0).describe('What the median becomes. Usually 0.').meta({ title: 'Median' }),
  q1: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('Lower quantile: the share of samples below it. Usually 0.01.')
    .meta({ title: 'Lower quantile' }),
  q2: z
    .number()
    .min(0)
    .max(1)
    .default(0.99)
    .describe('Upper quantile. Usually 0.99.')
    .meta({ title: 'Upper quantile' }),
  mode: z
    .enum(['by_channel', 'pool_channel'])
    .default('by_channel')
    .describe('by_channel: each channel by its own quantiles. pool_channel: all by those of all samples together.')
    .meta({ title: 'Mode' }),
  dtype: floatDtypeParam,
  ...randomChunkParams,
});

/** As SpikeInterface's normalize_by_quantile, but a channel that never changes comes out as `median`. */
export const normalizeByQuantile: Step<typeof params, Scaling> = {
  name: 'normalize_by_quantile',
  label: 'Normalize by quantiles',
  help: 'Scales traces so that the distance between two quantiles and the median become given numbers, learnt from random pieces of the recording: amplitudes of different recordings become comparable. Rarely needed before a sorter.',
  params,
  info(parent, { q1, q2, dtype }) {
    if (q1 >= q2)
      throw new UserError(`step "normalize_by_quantile": q1 (${q1}) is not below q2 (${q2})`, {
        hint: 'Usual are 0.01 and 0.99.',
      });
    return { ...parent, dtype: outputType('normalize_by_quantile', parent, dtype) };
  },
  margin: () => 0,
  async fit(parent, params, signal, slices = randomChunks(parent.info, params)) {
    const columns = await chunkColumns('normalize_by_quantile', parent, slices, signal);
    const scaling = (values: Float32Array) => {
      const width = Math.abs(quantileInPlace(values, params.q2) - quantileInPlace(values, params.q1));
      const gain = params.scale * inverse(width);
      return [gain, params.median - medianInPlace(values) * gain] as const;
    };
    const all = params.mode === 'pool_channel' ? scaling(pooled(columns)) : undefined;
    const each = columns.map((column) => all ?? scaling(column));
    return { gain: each.map(([gain]) => gain), offset: each.map(([, offset]) => offset) };
  },
  prepare: (parent, { dtype }, fitted) =>
    learntScaling('normalize_by_quantile', fitted, parent.channelIds.length, dtype ?? parent.dtype),
  apply: applyScaling,
};
