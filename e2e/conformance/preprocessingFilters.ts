import { type Chain, step } from './chains.ts';

/** Filters in time and space, and what changes the sampling rate. */
export const filterOperations: Readonly<Record<string, Chain>> = {
  bandpass_bessel_ba: step('filter', {
    band: [400, 4000],
    ftype: 'bessel',
    filter_order: 2,
    filter_mode: 'ba',
    margin_ms: 10,
    dtype: 'float32',
  }),
  causal_forward: step('causal_filter', { direction: 'forward', dtype: 'float32' }),
  notch_mains: step('notch_filter', { freq: 50, q: 30, dtype: 'float32' }),
};
