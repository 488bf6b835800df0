import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { bandFilterMargin, bandFilterParams, checkBandFilter, prepareBandFilter } from './bandFilter.ts';
import { applyFilter, filteredInfo, type PreparedFilter } from './filterStep.ts';
import { directionParam } from './iirParams.ts';

const params = z.object({
  ...bandFilterParams,
  margin_ms: z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'Recording read on both sides of each piece so that pieces join without a seam. Empty: five periods of the lower corner.',
    )
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
  direction: directionParam,
});

/** As SpikeInterface's filter: the general form that bandpass_filter and highpass_filter are made of. */
export const filter: Step<typeof params, PreparedFilter> = {
  name: 'filter',
  label: 'Filter (general)',
  help: 'The general filter behind the band-pass and the high-pass filter, for coefficients of your own or another kind of filter. Usually one of those two is what you want.',
  params,
  info(parent, params) {
    checkBandFilter('filter', parent, params);
    return filteredInfo('filter', parent, params.dtype);
  },
  margin: bandFilterMargin,
  prepare: (parent, params) => prepareBandFilter(parent, params, params.direction),
  apply: applyFilter,
};
