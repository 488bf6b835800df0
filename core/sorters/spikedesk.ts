import type { Sorter } from '../shared/lists.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { clusters, peaks, survey, templates } from './spikedesk/findUnits.ts';
import { finished, learnt, matched } from './spikedesk/matchUnits.ts';
import { params } from './spikedesk/params.ts';
import { preparation } from './spikedesk/prepare.ts';
import { setup } from './spikedesk/setup.ts';

/**
 * Spikes by threshold, clustered a neighbourhood of channels at a time, units from several channels joined by their
 * templates; then all spikes anew by matching these templates, so that overlapping spikes are found too.
 */
export const spikedesk: Sorter<typeof params> = {
  name: 'spikedesk',
  label: 'Spikedesk (local clustering)',
  help: 'Finds the spikes in the recording and tells which came from the same neuron. Runs here, without a graphics card or other programs. For probes that do not move much in the tissue.',
  params,

  async *run({ recording, info, params, compute }, signal) {
    yield { stage: 'learning the whitening', done: 0, of: 1 };
    const spec = preparation(recording, info, params);
    const fitted = await compute.run<{ spec: RecordingSpec }, never, RecordingSpec>('fitSpec', { spec }, { signal });
    const at = setup(fitted, info, params, compute);
    const seen = yield* survey(at, signal);
    const features = yield* peaks(at, seen, signal);
    const found = yield* clusters(at, seen, features, signal);
    const first = yield* templates(at, seen, found, signal);
    const units = yield* learnt(at, seen, first, signal);
    const parts = yield* matched(at, seen, units, signal);
    return yield* finished(at, seen, units, parts, signal);
  },
};
