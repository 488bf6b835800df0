import { after, bandpass, type Chain, type Params, step } from './chains.ts';

const filtered = (name: string, params: Params = {}) => after(bandpass, step(name, params));

/** Steps that scale, limit and blank. */
export const scalingOperations: Readonly<Record<string, Chain>> = {
  center_median: step('center'),
  zscore_median_mad: filtered('zscore'),
  zscore_mean_std: filtered('zscore', { mode: 'mean+std' }),
  normalize_by_quantile: filtered('normalize_by_quantile'),
  normalize_by_quantile_pool: filtered('normalize_by_quantile', {
    scale: 20,
    mode: 'pool_channel',
    q1: 0.05,
    q2: 0.95,
  }),
  scale_gain_offset: step('scale', { gain: 0.25, offset: 3 }),
  scale_to_uV: step('scale_to_uV'),
  clip: step('clip', { a_min: -150, a_max: 120 }),
  blank_saturation_abs: step('blank_saturation', { abs_threshold: 3200, direction: 'both', fill_value: 0 }),
  blank_saturation_quantile: step('blank_saturation', { quantile_threshold: 0.001, direction: 'lower' }),
  rectify: step('rectify'),
  astype_float32: step('astype', { dtype: 'float32' }),
};
