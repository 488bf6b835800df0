import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { applyFilter, filteredInfo, type PreparedFilter } from './filterStep.ts';
import { checkPass, passMargin, passParams, preparePass } from './iirParams.ts';

const params = z.object({
  freq_min: z
    .number()
    .positive()
    .default(300)
    .describe(
      'Slower waves than this are removed: field potentials, drift, movement. Usually 300; higher makes spikes narrower and smaller.',
    )
    .meta({ title: 'From', unit: 'Hz' }),
  freq_max: z
    .number()
    .positive()
    .default(6000)
    .describe('Faster waves than this are removed: electronic hiss. Usually 6000; lower rounds the spikes off.')
    .meta({ title: 'To', unit: 'Hz' }),
  ...passParams,
});

/** As SpikeInterface's bandpass_filter a Butterworth (or Bessel) filter, usually run forward and backward. */
export const bandpassFilter: Step<typeof params, PreparedFilter> = {
  name: 'bandpass_filter',
  label: 'Band-pass filter',
  help: 'Keeps the frequencies spikes are made of and removes slow waves and hiss, so that spikes stand out from a flat line. Nearly every recording needs it first; one that the amplifier has already filtered does not.',
  params,
  info(parent, params) {
    checkPass('bandpass_filter', parent, params);
    return filteredInfo('bandpass_filter', parent, params.dtype);
  },
  margin: passMargin,
  prepare: preparePass,
  apply: applyFilter,
};
