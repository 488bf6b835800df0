import type { Preset } from '../shared/preview.ts';

/** Chains that are usual in the field, as steps of the names SpikeInterface gives them. */
export const presets: readonly Preset[] = [
  {
    name: 'spikeinterface_tutorial',
    label: 'SpikeInterface tutorial',
    help: 'Band-pass 300 to 6000 Hz, then the median of all channels subtracted: the plain choice for most recordings.',
    steps: [
      { step: 'bandpass_filter', params: { freq_min: 300, freq_max: 6000 } },
      { step: 'common_reference', params: { reference: 'global', operator: 'median' } },
    ],
  },
  {
    name: 'ibl_destripe',
    label: 'IBL destripe',
    help: "For Neuropixels, after the International Brain Laboratory's pipeline: sampling delays put right, slow waves removed, bad channels found and filled in from their neighbours, and what is the same along the probe (stripes) filtered out.",
    steps: [
      { step: 'phase_shift', params: {} },
      { step: 'highpass_filter', params: { freq_min: 300 } },
      { step: 'detect_and_interpolate_bad_channels', params: {} },
      { step: 'highpass_spatial_filter', params: {} },
    ],
  },
  {
    name: 'catgt',
    label: 'CatGT-like',
    help: 'For Neuropixels, after the usual options of CatGT: sampling delays put right, slow waves removed, the median of all channels subtracted.',
    steps: [
      { step: 'phase_shift', params: {} },
      { step: 'highpass_filter', params: { freq_min: 300 } },
      { step: 'common_reference', params: { reference: 'global', operator: 'median' } },
    ],
  },
  {
    name: 'kilosort',
    label: 'Kilosort-like',
    help: 'What Kilosort does before it looks for spikes: the median of all channels subtracted, slow waves removed, neighbouring channels whitened. Traces are in standard deviations afterwards. Do not hand this to Kilosort, which does it again.',
    steps: [
      { step: 'common_reference', params: { reference: 'global', operator: 'median' } },
      { step: 'highpass_filter', params: { freq_min: 300 } },
      { step: 'whiten', params: { mode: 'local' } },
    ],
  },
  {
    name: 'lfp',
    label: 'LFP',
    help: 'Field potentials instead of spikes: 1 to 300 Hz, at 1000 samples a second. Not for spike sorting.',
    steps: [
      { step: 'bandpass_filter', params: { freq_min: 1, freq_max: 300 } },
      { step: 'resample', params: { resample_rate: 1000 } },
    ],
  },
];
