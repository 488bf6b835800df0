import type { Station } from '../../core/shared/session.ts';

/** What each station is for, in one sentence for someone who has never sorted spikes. */
export const stationTexts: Readonly<Record<Station, { readonly label: string; readonly purpose: string }>> = {
  recording: {
    label: 'Recording',
    purpose:
      'What was recorded: what was found in the file, and what the file could not tell. The file is only read, never changed.',
  },
  probe: {
    label: 'Probe',
    purpose:
      'Where the contact of each channel sits. Sorting looks for spikes on neighbouring channels, so it must know who is whose neighbour.',
  },
  preprocess: {
    label: 'Preprocess',
    purpose:
      'Steps that clean the traces before sorting, one after the other. They are computed while reading; no second copy of the recording is written.',
  },
  sort: {
    label: 'Sort',
    purpose: 'Finds the spikes in the traces and puts those of the same neuron together: each group is a unit.',
  },
  analyze: {
    label: 'Analyze',
    purpose:
      'Computes what is needed to judge the units: templates, waveforms, correlograms, locations, and quality metrics.',
  },
  curate: {
    label: 'Curate',
    purpose:
      'Look at the units, merge those that are one neuron, label them good, mua or noise. Every edit is saved at once and can be undone.',
  },
  export: {
    label: 'Export',
    purpose: 'Writes the sorting, with your curation, for other programs. The session remembers where to.',
  },
};
