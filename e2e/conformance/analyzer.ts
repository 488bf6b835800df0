import { join } from 'node:path';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import { drawnSpikes } from '../../core/analyzer/drawn.ts';
import { countsOf } from '../../core/analyzer/randomSpikes.ts';
import { readStored } from '../../core/analyzer/stored.ts';
import { noiseLevels } from '../../core/compute/noiseLevels.ts';
import { open } from '../../core/open.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import { checkAmplitudes, checkDrawnUnits, checkMainChannels, checkSparsities } from './analyzerChannels.ts';
import { checkMetrics } from './analyzerMetrics.ts';
import { checkDense, checkTemplatesFromThePass, checkVariants } from './analyzerVariants.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { computeIn, copyOf, flat, goldenArray, goldenParams, places } from './goldenAnalyzer.ts';
import { goldenRecording } from './goldenRecording.ts';
import { goldenSlices } from './slices.ts';

/**
 * Analyzers SpikeInterface made, with the recordings they were made from, the chunks of their noise levels, and the
 * radius of their sparsity (twoseg's is not told: its channels end between 50 and 67 µm; best_channels has none).
 */
const folders = [
  { name: 'main', recording: 'recording', slices: 'slices_recording.json', radiusUm: 100 },
  { name: 'twoseg', recording: 'recording_2seg', slices: 'slices_recording_2seg.json', radiusUm: 60 },
  { name: 'best_channels', recording: 'recording', slices: 'slices_recording.json', radiusUm: undefined },
] as const;

/** Extensions computed anew, in SpikeInterface's own analyzers with its random spikes and noise levels. */
const computed = [
  'waveforms',
  'templates',
  'spike_amplitudes',
  'correlograms',
  'unit_locations',
  'template_similarity',
  'spike_locations',
];

export const analyzer: Area = {
  name: 'analyzer',
  async *check(place) {
    for (const { name, recording, slices, radiusUm } of folders) {
      const spec = await goldenRecording(place, recording);
      const folder = `analyzer/${name}.binary`;
      yield* readAsSaved(place, folder);
      const ours = await copyOf(place, folder, spec, ['random_spikes', 'noise_levels']);
      yield* checkExtensions(place, folder, ours);
      yield await checkNoise(place, folder, spec, `noise/${slices}`);
      yield* checkDraws(place, folder, spec);
      yield* checkMetrics(place, folder, ours, name);
      yield* checkMainChannels(place, name, ours, spec, radiusUm);
    }
    const spec = await goldenRecording(place, 'recording');
    yield* checkVariants(place, spec);
    yield* checkTemplatesFromThePass(place, spec);
    yield* checkDense(place, spec);
    yield* checkAmplitudes(place);
    yield* checkSparsities(place);
    yield await checkDrawnUnits(place);
  },
};

/** What is no extension: read by our reader, held against the arrays themselves. */
async function* readAsSaved(place: GoldenPlace, folder: string): AsyncGenerator<Verdict, void> {
  const { contents } = await openAnalyzer(join(place.golden, folder));
  const { sorting, channelsOf, info, mainChannels } = contents;
  const spikes = await goldenArray(place, `${folder}/sorting/spikes.npy`);
  const rows = sorting.segments.flatMap(({ sampleIndex, unitIndex }, segment) =>
    Array.from(sampleIndex, (sample, i) => [sample, unitIndex[i]!, segment]),
  );
  yield { entry: `${folder}/sorting/spikes.npy`, ours: rows.flat(), golden: flat(spikes) };
  const mask = await goldenArray(place, `${folder}/sparsity_mask.npy`);
  const channels = info.channelIds.length;
  const own = channelsOf.flatMap((kept) => Array.from({ length: channels }, (_, c) => (kept.includes(c) ? 1 : 0)));
  yield { entry: `${folder}/sparsity_mask.npy`, ours: own, golden: flat(mask) };
  const entry = `${folder}/sorting/properties/main_channel_id.npy`;
  yield {
    entry,
    ours: Array.from(mainChannels, (c) => Number(info.channelIds[c])),
    golden: flat(await goldenArray(place, entry)),
  };
}

async function* checkExtensions(place: GoldenPlace, folder: string, ours: Analyzer): AsyncGenerator<Verdict, void> {
  const requests = computed.map((name) => ({ name, params: goldenParams(place, folder, name) }));
  await computeIn(place, ours, requests);
  for (const name of computed) {
    const stored = await ours.extension(name);
    const golden = await readStored(join(place.golden, folder, 'extensions', name));
    for (const [array, expected] of Object.entries(golden?.arrays ?? {})) {
      const own = stored?.arrays[array];
      const entry = `${folder}/extensions/${name}/${array}.npy`;
      if (!own) yield { entry, missing: true };
      else if (own.shape.join() !== expected.shape.join())
        yield { entry, error: Number.POSITIVE_INFINITY, note: `shape ${own.shape.join(' × ')}` };
      else if (name === 'unit_locations') yield* places(entry, own, expected);
      else yield { entry, ours: flat(own), golden: flat(expected) };
    }
  }
}

async function checkNoise(place: GoldenPlace, folder: string, spec: RecordingSpec, slices: string): Promise<Verdict> {
  const entry = `${folder}/extensions/noise_levels/noise_levels.npy`;
  const recording = await open(spec);
  const levels = await noiseLevels(recording, goldenSlices(place, slices), { inUv: true }, place.signal);
  recording.close();
  return { entry, ours: levels, golden: flat(await goldenArray(place, entry)) };
}

/** Which spikes are drawn is chance; how many of each unit is not. */
async function* checkDraws(place: GoldenPlace, folder: string, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
  const drawing = await copyOf(place, folder, spec, []);
  await computeIn(place, drawing, [{ name: 'random_spikes', params: goldenParams(place, folder, 'random_spikes') }]);
  const own = await drawing.extension('random_spikes');
  const golden = await readStored(join(place.golden, folder, 'extensions/random_spikes'));
  if (!own || !golden) return;
  const counts = (stored: typeof own) =>
    countsOf(drawnSpikes(drawing.contents, stored), drawing.contents.sorting.unitIds.length);
  yield {
    entry: `${folder}/extensions/random_spikes/random_spikes_indices.npy`,
    part: 'spikes of each unit',
    ours: counts(own),
    golden: counts(golden),
  };
  if (folder === 'analyzer/main.binary')
    yield {
      entry: 'analyzer/dense_random_spikes_indices.npy',
      part: 'spikes of each unit',
      ours: counts(own),
      golden: counts(golden),
    };
}
