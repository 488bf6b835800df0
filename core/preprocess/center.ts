import { medianInPlace } from '../compute/rowMedians.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { mean } from './meanAndStd.ts';
import { floatDtypeParam, outputType } from './outputType.ts';
import { chunkColumns, randomChunkParams, randomChunks } from './randomChunks.ts';
import { applyScaling, learntScaling, type Scaling } from './scaling.ts';

const params = z.object({
  mode: z
    .enum(['median', 'mean'])
    .default('median')
    .describe('What becomes 0: the median, which artefacts do not move, or the mean.')
    .meta({ title: 'Middle' }),
  dtype: floatDtypeParam,
  ...randomChunkParams,
});

/** As SpikeInterface's center. The offset to µV stays as it was. */
export const center: Step<typeof params, Scaling> = {
  name: 'center',
  label: 'Center',
  help: 'Subtracts from each channel its own constant level, learnt from random pieces of the recording. For steps that want traces around zero (silencing, clipping) where no filter has removed the level; a filter makes it needless.',
  params,
  info: (parent, { dtype }) => ({ ...parent, dtype: outputType('center', parent, dtype) }),
  margin: () => 0,
  async fit(parent, params, signal, slices = randomChunks(parent.info, params)) {
    const columns = await chunkColumns('center', parent, slices, signal);
    const middle = params.mode === 'mean' ? mean : medianInPlace;
    return { gain: columns.map(() => 1), offset: columns.map((column) => -middle(column)) };
  },
  prepare: (parent, { dtype }, fitted) =>
    learntScaling('center', fitted, parent.channelIds.length, dtype ?? parent.dtype),
  apply: applyScaling,
};
