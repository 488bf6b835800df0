import { after, bandpass, type Chain, step } from './chains.ts';

const shifts = Array.from({ length: 24 }, (_, c) => (c % 12) / 13);

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
  gaussian_filter: step('gaussian_filter'),
  phase_shift: step('phase_shift'),
  phase_shift_float32: after(bandpass, step('phase_shift', { inter_sample_shift: shifts, dtype: 'float32' })),
  highpass_spatial_filter: after(bandpass, step('highpass_spatial_filter', { n_channel_pad: 24 })),
  highpass_spatial_filter_noagc: after(
    bandpass,
    step('highpass_spatial_filter', { n_channel_pad: 24, apply_agc: false }),
  ),
  resample: step('resample', { resample_rate: 12_000 }),
  resample_float32: after(bandpass, step('resample', { resample_rate: 12_000, dtype: 'float32' })),
  decimate: step('decimate', { decimation_factor: 3, antialias: false }),
  decimate_offset: after(
    step('frame_slice', { end_frame: 68_988 }),
    step('decimate', { decimation_factor: 3, decimation_offset: 1, antialias: false }),
  ),
  decimate_antialias: step('decimate', { decimation_factor: 3, antialias: true }),
  chain_ps_bp_cmr_whiten: after(
    after(after(step('phase_shift', { dtype: 'float32' }), bandpass), step('common_reference')),
    step('whiten', { mode: 'local', radius_um: 100, dtype: 'float32' }),
  ),
};
