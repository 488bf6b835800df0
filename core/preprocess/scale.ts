import { wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { floatDtypeParam, outputType } from './outputType.ts';
import { applyScaling, channelValues, eachChannel, type Scaling } from './scaling.ts';

const params = z.object({
  gain: channelValues
    .default(1)
    .describe('Every sample is multiplied by it: one number, or a list of one a channel. −1 turns the polarity.')
    .meta({ title: 'Gain' }),
  offset: channelValues
    .default(0)
    .describe('Added after the gain: one number, or a list of one a channel. Usually 0.')
    .meta({ title: 'Offset' }),
  dtype: floatDtypeParam,
});

/** As SpikeInterface's scale. The gain to µV stays as it was. */
export const scale: Step<typeof params, Scaling> = {
  name: 'scale',
  label: 'Scale',
  help: 'Multiplies every sample by a gain and adds an offset, the same for all channels or one a channel: to turn the polarity, or to undo a gain that is known to be wrong.',
  params,
  info(parent, { gain, offset, dtype }) {
    eachChannel('scale', 'gain', gain, parent.channelIds.length);
    eachChannel('scale', 'offset', offset, parent.channelIds.length);
    return { ...parent, dtype: outputType('scale', parent, dtype) };
  },
  margin: () => 0,
  prepare: (parent, { gain, offset, dtype }) => ({
    gain: Float64Array.from(eachChannel('scale', 'gain', gain, parent.channelIds.length)),
    offset: Float64Array.from(eachChannel('scale', 'offset', offset, parent.channelIds.length)),
    whole: wholeRange(dtype ?? parent.dtype),
  }),
  apply: applyScaling,
};
