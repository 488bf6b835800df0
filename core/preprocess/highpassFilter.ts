import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { applyFilter, filteredInfo, type PreparedFilter } from './filterStep.ts';
import { checkPass, passMargin, passParams, preparePass } from './iirParams.ts';

const params = z.object({
  freq_min: z
    .number()
    .positive()
    .default(300)
    .describe('Slower waves than this are removed: field potentials, drift, movement. Usually 300.')
    .meta({ title: 'From', unit: 'Hz' }),
  ...passParams,
});

/** As SpikeInterface's highpass_filter a Butterworth (or Bessel) filter, usually run forward and backward. */
export const highpassFilter: Step<typeof params, PreparedFilter> = {
  name: 'highpass_filter',
  label: 'High-pass filter',
  help: 'Removes slow waves and keeps everything fast, hiss included: spikes keep their sharpest edges. Instead of the band-pass filter, where what follows deals with the hiss itself.',
  params,
  info(parent, params) {
    checkPass('highpass_filter', parent, params);
    return filteredInfo('highpass_filter', parent, params.dtype);
  },
  margin: passMargin,
  prepare: preparePass,
  apply: applyFilter,
};
