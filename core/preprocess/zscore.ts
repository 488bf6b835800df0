import { medianInPlace } from '../compute/rowMedians.ts';
import { inSd } from '../compute/sdScale.ts';
import { wholeRange } from '../compute/wholeNumbers.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { mean, std } from './meanAndStd.ts';
import { floatDtypeParam, outputType } from './outputType.ts';
import { chunkColumns, randomChunkParams, randomChunks } from './randomChunks.ts';
import { applyScaling, eachChannel, inverse, learntScaling, type Scaling } from './scaling.ts';

const params = z.object({
  mode: z
    .enum(['median+mad', 'mean+std'])
    .default('median+mad')
    .describe(
      'How the level and the noise of a channel are measured. median+mad: hardly moved by spikes and artefacts; mean+std: of all samples alike.',
    )
    .meta({ title: 'Mode' }),
  gain: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe('Known gains, one a channel, instead of learnt ones. Needs offset too. Usually empty.')
    .meta({ title: 'Gains', advanced: true }),
  offset: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe('Known offsets, one a channel, added after the gains. Usually empty.')
    .meta({ title: 'Offsets', advanced: true }),
  int_scale: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('For whole numbers: one standard deviation becomes this many units, usually 200.')
    .meta({ title: 'Scale of whole numbers', advanced: true }),
  dtype: floatDtypeParam,
  ...randomChunkParams,
});

/** Third quartile of the normal distribution: MAD / this = standard deviation of Gaussian noise. */
const MAD_OF_NORMAL = 0.6744897501960817;

/** Level and width of a channel. Reorders `column`. */
function measure(column: Float32Array, mode: z.output<typeof params>['mode']): readonly [number, number] {
  if (mode === 'mean+std') return [mean(column), std(column)];
  const median = medianInPlace(column);
  for (let i = 0; i < column.length; i++) column[i] = Math.abs(column[i]! - median);
  return [median, medianInPlace(column) / MAD_OF_NORMAL];
}

/** As SpikeInterface's zscore, but a channel that never changes comes out as 0 instead of NaN. */
export const zscore: Step<typeof params, Scaling> = {
  name: 'zscore',
  label: 'Z-score',
  help: 'Brings all channels to level 0 and noise 1, each by its own gain, learnt from random pieces of the recording: quiet and loud channels then count alike. Unlike whitening it mixes no channels. Afterwards traces are in standard deviations (SD), not µV.',
  params,
  info(parent, { gain, offset, int_scale, dtype }) {
    const type = outputType('zscore', parent, dtype);
    if (wholeRange(type) && int_scale === null)
      throw new UserError(`step "zscore": standard deviations in whole numbers (${type}) need int_scale`, {
        hint: 'Set int_scale to 200, or dtype to "float32".',
      });
    if ((gain === null) !== (offset === null))
      throw new UserError(`step "zscore": ${gain ? 'gain' : 'offset'} is given without ${gain ? 'offset' : 'gain'}`, {
        hint: 'Give both, one value a channel, or neither.',
      });
    if (gain) eachChannel('zscore', 'gain', gain, parent.channelIds.length);
    if (offset) eachChannel('zscore', 'offset', offset, parent.channelIds.length);
    return { ...inSd(parent, int_scale ?? 1), dtype: type };
  },
  margin: () => 0,
  async fit(parent, params, signal, slices = randomChunks(parent.info, params)) {
    const unit = params.int_scale ?? 1;
    const { gain, offset, mode } = params;
    if (gain && offset) return { gain: gain.map((g) => g * unit), offset: offset.map((o) => o * unit) };
    const columns = await chunkColumns('zscore', parent, slices, signal);
    const measured = columns.map((column) => measure(column, mode));
    return {
      gain: measured.map(([, width]) => inverse(width) * unit),
      offset: measured.map(([level, width]) => -level * inverse(width) * unit),
    };
  },
  prepare: (parent, { dtype }, fitted) =>
    learntScaling('zscore', fitted, parent.channelIds.length, dtype ?? parent.dtype),
  apply: applyScaling,
};
