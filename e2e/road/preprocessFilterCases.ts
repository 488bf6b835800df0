import type { StepCase } from './preprocessCases.ts';

const chunks = { num_chunks_per_segment: 20, chunk_duration: '20ms', seed: 5 };
const shifts = Array.from({ length: 12 }, (_, c) => (c % 5) / 13);
const shank = ['channel_slice', { channel_ids: ['ch0', 'ch2', 'ch4', 'ch6', 'ch8', 'ch10'] }] as const;
const rms = { rms_values: [300, 310, 320, 330, 340, 350] };
const bandpass = ['bandpass_filter', { dtype: 'float32' }] as const;
/** SciPy's iirfilter(2, [0.1, 0.5]) and iirfilter(3, 0.2, btype="highpass", output="sos"). */
const ba = [
  [0.20657208382614795, 0.0, -0.4131441676522959, 0.0, 0.20657208382614795],
  [1.0, -1.7215624109186836, 1.1958157126558333, -0.5530142407002425, 0.195815712655833],
];
const sos = [
  [0.5276243825019431, -0.5276243825019431, 0.0, 1.0, -0.5095254494944288, 0.0],
  [1.0, -2.0, 1.0, 1.0, -1.2505164308487402, 0.5457233155094577],
];

function both(name: string, steps: StepCase['steps'], tolerance: number): Record<string, StepCase> {
  return {
    [`${name}_int16`]: { dtype: 'int16', steps, tolerance: Math.max(1, tolerance) },
    [`${name}_float32`]: { dtype: 'float32', steps, tolerance },
  };
}

const whitened = (params: StepCase['steps'][number][1]): StepCase['steps'] => [
  bandpass,
  ['whiten', { dtype: 'float32', ...params, ...chunks }],
];
const regularized = (regularize_kwargs: StepCase['steps'][number][1] | null): StepCase => ({
  dtype: 'int16',
  steps: whitened({ apply_mean: true, regularize: true, regularize_kwargs: regularize_kwargs }),
  tolerance: 0.02,
});

/** Filters, shifts, whitening and rates. Those that read margins are compared with one chunk of SpikeInterface's. */
export const filterCases: Readonly<Record<string, StepCase>> = {
  ...both('bandpass', [['bandpass_filter', { freq_min: 400, freq_max: 5000, filter_order: 3 }]], 0.1),
  ...both('bandpass_bessel', [['bandpass_filter', { ftype: 'bessel', filter_mode: 'ba', filter_order: 2 }]], 0.1),
  ...both('bandpass_mirrored', [['bandpass_filter', { add_reflect_padding: true }]], 0.1),
  ...both('highpass_backward', [['highpass_filter', { direction: 'backward', margin_ms: 40 }]], 0.1),
  ...both('filter_highpass', [['filter', { band: 500, btype: 'highpass', filter_order: 4, margin_ms: 20 }]], 0.1),
  ...both('filter_ba', [['filter', { coeff: ba, filter_mode: 'ba', margin_ms: 20 }]], 0.1),
  ...both('filter_sos', [['filter', { coeff: sos, direction: 'forward', margin_ms: 20 }]], 0.1),
  ...both('causal', [['causal_filter', { band: [300, 3000], filter_order: 2, margin_ms: 40 }]], 0.1),
  ...both('causal_backward', [['causal_filter', { direction: 'backward', margin_ms: 40 }]], 0.1),
  ...both('notch', [['notch_filter', { freq: 1000, q: 10 }]], 0.5),
  ...both('gaussian', [['gaussian_filter', {}]], 0.1),
  ...both('gaussian_low', [['gaussian_filter', { freq_min: null, freq_max: 2000 }]], 0.1),
  ...both('gaussian_high', [['gaussian_filter', { freq_max: null, margin_sd: 6 }]], 0.1),
  // Stimuli of thousands jump in the faded margins of pieces.
  ...both('phase_shift', [['phase_shift', { inter_sample_shift: shifts }]], 4),
  ...both('phase_shift_filter', [['phase_shift', { inter_sample_shift: shifts }], bandpass], 4),
  // Whole numbers beyond the range come round again there.
  spatial: {
    dtype: 'float32',
    steps: [shank, ['highpass_spatial_filter', { n_channel_pad: 6, ...rms }]],
    tolerance: 0.1,
  },
  ...both(
    'spatial_taper',
    [shank, ['highpass_spatial_filter', { n_channel_pad: 5, n_channel_taper: 4, agc_window_length_s: 0.03, ...rms }]],
    0.1,
  ),
  ...both(
    'spatial_plain',
    [
      shank,
      ['depth_order', {}],
      [
        'highpass_spatial_filter',
        { n_channel_pad: 6, apply_agc: false, highpass_butter_order: 2, highpass_butter_wn: 0.1, ...rms },
      ],
    ],
    0.01,
  ),
  ...both('resample', [['resample', { resample_rate: 12_500 }]], 0.02),
  ...both('resample_up', [['resample', { resample_rate: 44_100 }]], 0.02),
  ...both('resample_odd', [['resample', { resample_rate: 2499.7, max_denominator: 500 }]], 0.02),
  ...both('decimate', [['decimate', { decimation_factor: 7, antialias: true, decimation_offset: 4 }]], 0.02),
  ...both('decimate_plain', [['decimate', { decimation_factor: 10, antialias: false }]], 0),
  whiten_local_int: {
    dtype: 'int16',
    steps: [
      ['bandpass_filter', {}],
      ['whiten', { mode: 'local', radius_um: 50, int_scale: 200, ...chunks }],
    ],
    tolerance: 5,
  },
  whiten_eps: { dtype: 'float32', steps: whitened({ eps: 100, apply_mean: true }), tolerance: 0.01 },
  whiten_given: {
    dtype: 'float32',
    steps: [
      [
        'whiten',
        {
          W: Array.from({ length: 12 }, (_, r) => Array.from({ length: 12 }, (_, c) => (r === c ? 0.1 : 0.001 * r))),
          M: Array.from({ length: 12 }, (_, c) => 100 * c),
        },
      ],
    ],
    tolerance: 0.01,
  },
  whiten_lasso_cv: regularized(null),
  whiten_lasso: regularized({ method: 'GraphicalLasso', alpha: 500_000 }),
  whiten_ledoit_wolf: regularized({ method: 'LedoitWolf' }),
  whiten_oas: regularized({ method: 'OAS' }),
  whiten_shrunk: regularized({ method: 'ShrunkCovariance', shrinkage: 0.3 }),
  whiten_empirical: regularized({ method: 'EmpiricalCovariance' }),
};
