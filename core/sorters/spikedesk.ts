import type { Sorter } from '../shared/lists.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { sortSpikes } from '../shared/sorting.ts';
import type { FinishArgs } from './spikedesk/finish.ts';
import { matchTemplate } from './spikedesk/matchTemplate.ts';
import { params } from './spikedesk/params.ts';
import { preparation } from './spikedesk/prepare.ts';
import { setup } from './spikedesk/setup.ts';
import { clusters, learnt, matched, peaks, survey, templates } from './spikedesk/stages.ts';

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

    yield { stage: 'removing duplicates', done: 0, of: 1 };
    const strength = units.map((unit) => {
      const { power, noise } = matchTemplate(unit, at.window, seen.noise);
      return Math.sqrt(power / noise);
    });
    const args: FinishArgs = {
      parts: parts.map(({ segment, frame, unit, gain }) => ({ segment, frame, unit, gain })),
      strength: Float64Array.from(strength),
      channels: units.map((unit) => unit.channels),
      segments: info.numFrames.length,
      samplingFrequency: info.samplingFrequency,
      seconds: info.numFrames.reduce((sum, n) => sum + n, 0) / info.samplingFrequency,
      minSpikes: params.min_spikes,
    };
    const trains = await compute.run<FinishArgs, never, (Float64Array[] | undefined)[]>('spikedeskFinish', args, {
      signal,
    });
    const kept = trains.flatMap((train, k) => (train ? [{ train, main: units[k]!.main }] : []));
    kept.sort((a, b) => a.main - b.main);
    return {
      samplingFrequency: info.samplingFrequency,
      unitIds: kept.map((_, unit) => unit),
      segments: info.numFrames.map((_, segment) => {
        const all = kept.flatMap(({ train }, unit) => Array.from(train[segment] ?? [], (frame) => ({ frame, unit })));
        return sortSpikes(
          all.map(({ frame }) => frame),
          all.map(({ unit }) => unit),
        );
      }),
      properties: {},
    };
  },
};
