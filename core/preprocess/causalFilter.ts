import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { bandFilterMargin, bandFilterParams, checkBandFilter, prepareBandFilter } from './bandFilter.ts';
import { applyFilter, filteredInfo, type PreparedFilter } from './filterStep.ts';

const params = z.object({
  direction: z
    .enum(['forward', 'backward'])
    .default('forward')
    .describe(
      'forward: each sample depends on earlier ones alone, as in a closed-loop experiment. backward: on later ones, which undoes the delay of a filter in the amplifier.',
    )
    .meta({ title: 'Direction' }),
  ...bandFilterParams,
  margin_ms: z
    .number()
    .min(0)
    .default(5)
    .describe('Recording read before each piece, so that the filter has settled where the piece begins. Usually 5.')
    .meta({ title: 'Margin', unit: 'ms', advanced: true }),
});

/** As SpikeInterface's causal_filter. */
export const causalFilter: Step<typeof params, PreparedFilter> = {
  name: 'causal_filter',
  label: 'Causal filter',
  help: 'A band-pass filter that runs in one direction only, as hardware and closed-loop software do: spikes come out delayed and changed in shape. For comparing with such a system; otherwise use the band-pass filter.',
  params,
  info(parent, params) {
    checkBandFilter('causal_filter', parent, params);
    return filteredInfo('causal_filter', parent, params.dtype);
  },
  margin: bandFilterMargin,
  prepare: (parent, params) => prepareBandFilter(parent, params, params.direction),
  apply: applyFilter,
};
