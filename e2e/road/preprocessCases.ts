import type { Json } from '../../core/shared/json.ts';
import { roundContacts } from '../../core/shared/probeGenerators.ts';
import { probeJson } from '../../core/shared/probeJsonWrite.ts';

import { filterCases } from './preprocessFilterCases.ts';

type Params = Readonly<Record<string, Json>>;

/** A chain of ours; `theirs` where SpikeInterface is asked otherwise. */
export interface StepCase {
  readonly dtype: 'int16' | 'float32';
  readonly steps: readonly (readonly [
    step: string,
    params: Params,
    theirs?: { readonly step?: string; readonly params?: Params },
  ])[];
  /** How far a sample may be off. Whole numbers whose fraction is cut off or rounded at a half: 1. */
  readonly tolerance?: number;
}

/** Chunks to learn from; SpikeInterface tells where its chance put them. */
const chunks = { num_chunks_per_segment: 20, chunk_duration: '20ms', seed: 5 };
const byFrames = { num_chunks_per_segment: 20, chunk_size: 300, seed: 5 };

/** The same of both types of recording. */
function both(name: string, steps: StepCase['steps'], tolerance?: number): Record<string, StepCase> {
  const rest = { steps, ...(tolerance !== undefined && { tolerance }) };
  return { [`${name}_int16`]: { dtype: 'int16', ...rest }, [`${name}_float32`]: { dtype: 'float32', ...rest } };
}

const triggers = [
  [1000, 3990, 4030, 7000, 29_800],
  [500, 12_000],
];
const labels = [
  ['a', 'b', 'a', 'b', 'a'],
  ['b', 'a'],
];
const periods = [
  { segment_index: 0, start_sample_index: 400, end_sample_index: 900 },
  { segment_index: 1, start_sample_index: 19_000, end_sample_index: 19_500 },
  { segment_index: 0, start_sample_index: 910, end_sample_index: 911 },
];
const gains = Array.from({ length: 12 }, (_, c) => 0.5 + 0.1 * c);

/** Three of its eight contacts are not wired: two shanks, in another order than the channels. */
const otherProbe = probeJson({
  probes: [
    {
      ...roundContacts(
        Array.from({ length: 8 }, (_, i) => [100 * (i % 2), 15 * i]),
        5,
      ),
      contact_ids: Array.from({ length: 8 }, (_, i) => `e${i}`),
      shank_ids: Array.from({ length: 8 }, (_, i) => String(i % 2)),
      device_channel_indices: [9, 4, -1, 0, 11, -1, 7, -1],
    },
  ],
});

export const stepCases: Readonly<Record<string, StepCase>> = {
  ...both('scale', [['scale', { gain: gains, offset: -3.5 }]], 1e-3),
  ...both('scale_own_type', [['scale', { gain: 0.37, offset: gains, dtype: null }]], 1e-3),
  center_mean_int16: { dtype: 'int16', steps: [['center', { mode: 'mean', ...chunks }]], tolerance: 1e-3 },
  // There the mean of float32 is summed in float32, sample by sample.
  center_mean_float32: { dtype: 'float32', steps: [['center', { mode: 'mean', ...chunks }]], tolerance: 0.5 },
  ...both('center_own_type', [['center', { dtype: null, ...chunks }]], 1e-3),
  ...both('zscore', [['zscore', chunks]], 1e-3),
  zscore_int: { dtype: 'int16', steps: [['zscore', { int_scale: 200, dtype: 'int16', ...chunks }]], tolerance: 1 },
  zscore_given: {
    dtype: 'float32',
    steps: [['zscore', { gain: gains, offset: gains, int_scale: 10 }]],
    tolerance: 0.01,
  },
  ...both(
    'normalize_by_quantile',
    [['normalize_by_quantile', { scale: 10, median: 2, q1: 0.1, q2: 0.9, ...chunks }]],
    1e-3,
  ),
  ...both('scale_to_uV', [['scale_to_uV', {}]], 1e-2),
  ...both('scale_to_physical_units', [['scale_to_physical_units', {}]], 1e-2),
  ...both('astype', [
    ['scale', { gain: 1.37 }],
    ['astype', { dtype: 'int16' }],
  ]),
  astype_int32: { dtype: 'int16', steps: [['astype', { dtype: 'int32' }]] },
  astype_cut: { dtype: 'float32', steps: [['astype', { dtype: 'int16', round: false }]] },
  ...both('clip', [['clip', { a_min: -80.5, a_max: 120.5 }]], 1e-4),
  ...both('clip_above', [['clip', { a_max: 120 }]]),
  ...both('rectify', [['rectify', {}]]),
  ...both(
    'blank_saturation',
    [['blank_saturation', { quantile_threshold: 0.01, direction: 'both', ...byFrames }]],
    1e-3,
  ),
  ...both(
    'blank_saturation_filled',
    [['blank_saturation', { abs_threshold: 5000, fill_value: 7.6, ...byFrames }]],
    1e-4,
  ),
  // There a positive threshold at the lower end blanks nearly all: the negative one is the same in both.
  ...both('blank_saturation_lower', [
    ['blank_saturation', { abs_threshold: -5000, direction: 'lower', fill_value: 0, ...byFrames }],
  ]),
  correct_lsb_int16: { dtype: 'int16', steps: [['correct_lsb', byFrames]], tolerance: 0 },
  ...both('silence_zeros', [['silence_periods', { periods }]]),
  ...both('silence_apodized', [['silence_periods', { periods, mode: 'apodization', apodization_samples: 12 }]], 1),
  ...both('saturation', [['detect_saturation_periods', { saturation_threshold_uV: 1500 }]]),
  ...both('saturation_jumps', [
    ['detect_saturation_periods', { saturation_threshold_uV: 1500, diff_threshold_uV: 150, proportion: 0.5 }],
  ]),
  ...both(
    'remove_saturation',
    [
      [
        'detect_and_remove_artifacts',
        {
          method: 'saturation',
          method_kwargs: { saturation_threshold_uV: 1500, proportion: 0.3 },
          mode: 'apodization',
        },
      ],
    ],
    1,
  ),
  ...both('remove_envelope', [
    [
      'detect_and_remove_artifacts',
      {
        method_kwargs: {
          detect_threshold: 3,
          freq_max: 30,
          random_slices_kwargs: { num_chunks_per_segment: 20, chunk_duration: '20ms' },
        },
        seed: 5,
      },
    ],
  ]),
  ...both('artifacts_cubic', [['remove_artifacts', { list_triggers: triggers, mode: 'cubic' }]], 1),
  ...both('artifacts_linear', [['remove_artifacts', { list_triggers: triggers, mode: 'linear', ms_after: 2 }]], 1),
  ...both(
    'artifacts_one_frame',
    [['remove_artifacts', { list_triggers: triggers, mode: 'linear', ms_before: null, ms_after: null }]],
    1,
  ),
  ...both(
    'artifacts_average',
    [['remove_artifacts', { list_triggers: triggers, mode: 'average', list_labels: labels }]],
    1,
  ),
  ...both(
    'artifacts_scaled',
    [
      [
        'remove_artifacts',
        { list_triggers: triggers, mode: 'average', scale_amplitude: true, time_jitter: 0.3, list_labels: labels },
      ],
    ],
    1,
  ),
  ...both('zero_channel_pad', [['zero_channel_pad', { num_channels: 16 }]]),
  ...both('depth_order', [['depth_order', {}]]),
  ...both('depth_order_by_x', [['depth_order', { dimensions: ['y', 'x'], flip: true }]]),
  ...both('average_across_direction', [['average_across_direction', { direction: 'x' }]], 1e-2),
  ...both('average_rows', [['average_across_direction', {}]], 1e-2),
  ...both('derivative', [['directional_derivative', { edge_order: 2 }]], 1e-2),
  ...both('derivative_mean', [['directional_derivative', { order: 0 }]], 1e-2),
  ...both(
    'derivative_x',
    [
      ['depth_order', {}],
      ['directional_derivative', { direction: 'x' }],
    ],
    1e-2,
  ),
  ...both('channel_slice', [
    ['channel_slice', { channel_ids: ['ch7', 'ch2', 'ch3'], renamed_channel_ids: ['x', 'y', 'z'] }],
  ]),
  ...both('remove_channels', [['remove_channels', { remove_channel_ids: ['ch1', 'ch11'] }]]),
  ...both('rename_channels', [['rename_channels', { new_channel_ids: Array.from({ length: 12 }, (_, c) => 100 + c) }]]),
  ...both('select_segments', [['select_segments', { segment_indices: [1] }]]),
  ...both('select_segments_turned', [['select_segments', { segment_indices: [1, 0] }]]),
  ...both('set_probe', [['set_probe', { probe: otherProbe }]]),
  ...both('set_probe_one_group', [['set_probe', { probe: otherProbe, group_mode: 'by_probe' }]]),
  ...both('frame_slice', [
    ['select_segments', { segment_indices: 0 }],
    ['frame_slice', { start_frame: 777, end_frame: 20_001 }],
  ]),
  ...both('time_slice', [
    ['select_segments', { segment_indices: 1 }],
    ['time_slice', { start_time: 0.1, end_time: 0.5003 }],
  ]),
  ...both('concatenate', [['concatenate_recordings', {}]]),
  ...both(
    'concatenate_filter',
    [
      ['concatenate_recordings', {}],
      ['bandpass_filter', { dtype: 'float32' }],
    ],
    0.05,
  ),
  ...both(
    'common_reference_local',
    [['common_reference', { reference: 'local', local_radius: [20, 60], min_local_neighbors: 3 }]],
    1,
  ),
  ...both(
    'common_reference_groups',
    [
      [
        'common_reference',
        {
          groups: [Array.from({ length: 6 }, (_, c) => `ch${c}`), Array.from({ length: 6 }, (_, c) => `ch${6 + c}`)],
          operator: 'average',
        },
      ],
    ],
    1,
  ),
  ...both(
    'common_reference_others',
    [
      [
        'common_reference',
        {
          groups: [
            ['ch0', 'ch1', 'ch2', 'ch3', 'ch4', 'ch5', 'ch6', 'ch7', 'ch8', 'ch9'],
            ['ch10', 'ch11'],
          ],
          ref_channel_ids: 'out_of_group',
        },
      ],
    ],
    1,
  ),
  ...both('common_reference_single', [['common_reference', { reference: 'single', ref_channel_ids: ['ch3'] }]], 1),
  ...both(
    'split_by',
    [
      [
        'split_by',
        {
          property: 'group',
          steps: [
            { step: 'bandpass_filter', params: { dtype: 'float32' } },
            { step: 'common_reference', params: {} },
          ],
        },
      ],
    ],
    0.05,
  ),
  ...filterCases,
};
