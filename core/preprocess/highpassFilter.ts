import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import {
  applyFilter,
  filterInfo,
  filterMargin,
  filterParams,
  type PreparedFilter,
  prepareFilter,
} from './filterStep.ts';

const params = z.object({
  freq_min: z
    .number()
    .positive()
    .default(300)
    .describe('Slower waves than this are removed: field potentials, drift, movement. Usually 300.')
    .meta({ title: 'From', unit: 'Hz' }),
  ...filterParams,
});

/** As SpikeInterface's highpass_filter with its defaults: a Butterworth filter run forward and backward. */
export const highpassFilter: Step<typeof params, PreparedFilter> = {
  name: 'highpass_filter',
  label: 'High-pass filter',
  help: 'Removes slow waves and keeps everything fast, hiss included: spikes keep their sharpest edges. Instead of the band-pass filter, where what follows deals with the hiss itself.',
  params,
  info: (parent, params) => filterInfo('highpass_filter', parent, params),
  margin: filterMargin,
  prepare: prepareFilter,
  apply: applyFilter,
};
