import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import { contactLayout } from '../../core/analyzer/contents.ts';
import { parseCsv } from '../../core/analyzer/csv.ts';
import { drawnSpikes } from '../../core/analyzer/drawn.ts';
import { estimateMainChannels } from '../../core/analyzer/estimate.ts';
import { countsOf } from '../../core/analyzer/randomSpikes.ts';
import { channelsWithin } from '../../core/analyzer/sparsity.ts';
import { readStored } from '../../core/analyzer/stored.ts';
import { inlineCompute } from '../../core/compute/inline.ts';
import { noiseLevels } from '../../core/compute/noiseLevels.ts';
import { open } from '../../core/open.ts';
import type { Json } from '../../core/shared/json.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import { type NpyArray, readNpy } from '../../core/store/npy.ts';
import type { Area, GoldenPlace, Verdict } from './area.ts';
import { goldenRecording } from './goldenRecording.ts';
import { goldenSlices } from './slices.ts';

type Params = Readonly<Record<string, Json>>;

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

/** A copy of a golden analyzer with a few of its extensions: ours are computed in it. */
async function copyOf(
  place: GoldenPlace,
  folder: string,
  recording: RecordingSpec,
  extensions: readonly string[],
): Promise<Analyzer> {
  const target = join(place.scratch, `copy-${copies++}`);
  mkdirSync(join(target, 'extensions'), { recursive: true });
  const parts = ['settings.json', 'sorting', 'recording_info', 'sparsity_mask.npy'];
  for (const part of [...parts, ...extensions.map((name) => `extensions/${name}`)])
    cpSync(join(place.golden, folder, part), join(target, part), { recursive: true });
  return openAnalyzer(target, { recording });
}
let copies = 0;

async function computeIn(
  place: GoldenPlace,
  analyzer: Analyzer,
  requests: readonly { name: string; params: Params }[],
) {
  for await (const _ of analyzer.compute(requests, inlineCompute(3), place.signal));
}

/** Params the extension was computed with. */
function goldenParams(place: GoldenPlace, folder: string, extension: string): Params {
  const text = readFileSync(join(place.golden, folder, 'extensions', extension, 'params.json'), 'utf8');
  return z.record(z.string(), z.json()).parse(JSON.parse(text));
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

/** x and y by the tolerance; z is poorly determined: only its order of magnitude. */
function* places(entry: string, own: NpyArray, golden: NpyArray): Generator<Verdict, void> {
  const dims = golden.shape[1] ?? 2;
  const column = (array: NpyArray, wanted: readonly number[]) =>
    flat(array).filter((_, i) => wanted.includes(i % dims));
  yield { entry, part: 'x, y', ours: column(own, [0, 1]), golden: column(golden, [0, 1]) };
  if (dims > 2) yield { entry, part: 'z', ours: column(own, [2]), golden: column(golden, [2]) };
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

const metricsJson = z.object({
  params: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  metrics: z.object({
    unit_ids: z.array(z.string()),
    columns: z.array(z.string()),
    values: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.null(), z.string()]))),
  }),
});

/** Every column of the table the analyzer holds, and of the tables saved beside it. */
async function* checkMetrics(
  place: GoldenPlace,
  folder: string,
  ours: Analyzer,
  name: string,
): AsyncGenerator<Verdict, void> {
  const file = join(place.golden, folder, 'extensions/quality_metrics/metrics.csv');
  const golden = parseCsv(readFileSync(file, 'utf8'), file);
  const { metric_params } = goldenParams(place, folder, 'quality_metrics');
  const own = await metricsWith(place, ours, z.record(z.string(), z.json()).parse(metric_params));
  for (const [column, values] of Object.entries(golden.columns))
    yield {
      entry: `${folder}/extensions/quality_metrics/metrics.csv`,
      part: column,
      ...(own[column] ? { ours: own[column], golden: Array.from(values, Number) } : { missing: true }),
    };
  const tables: Readonly<Record<string, readonly string[]>> = {
    main: ['quality_metrics_short', 'quality_metrics_default'],
    twoseg: ['twoseg_quality_metrics'],
    best_channels: ['best_channels_quality_metrics'],
  };
  for (const table of tables[name] ?? []) {
    const entry = `analyzer/${table}.json`;
    const read: unknown = JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
    const { params, metrics } = metricsJson.parse(wrapped(read));
    const columns = await metricsWith(place, ours, params ?? z.record(z.string(), z.json()).parse(metric_params));
    for (const column of metrics.columns)
      yield {
        entry,
        part: column,
        ...(columns[column]
          ? {
              ours: columns[column],
              golden: metrics.unit_ids.map((unit) => Number(metrics.values[unit]?.[column] ?? Number.NaN)),
            }
          : { missing: true }),
      };
  }
}

/** Some tables have their params beside them, some do not. */
function wrapped(table: unknown): unknown {
  return typeof table === 'object' && table !== null && 'metrics' in table ? table : { metrics: table };
}

/** Our columns by name, with SpikeInterface's params of the metrics we have. */
async function metricsWith(place: GoldenPlace, ours: Analyzer, params: Params): Promise<Record<string, Float64Array>> {
  const known = ['num_spikes', 'firing_rate', 'presence_ratio', 'snr', 'isi_violation', 'amplitude_median'];
  const metric_params = Object.fromEntries(known.map((name) => [name, params[name] ?? {}]));
  await computeIn(place, ours, [{ name: 'quality_metrics', params: { metric_names: known, metric_params } }]);
  const { columns = {} } = (await ours.extension('quality_metrics'))?.tables.metrics ?? {};
  return Object.fromEntries(
    Object.entries(columns).filter((one): one is [string, Float64Array] => one[1] instanceof Float64Array),
  );
}

const mainChannelsJson = z.object({
  unit_ids: z.array(z.string()),
  main_channel_index: z.array(z.number()),
  second_to_first_amplitude: z.array(z.number()),
  sparsity: z.record(z.string(), z.array(z.number())),
});

/** As estimated when an analyzer is made, from other random spikes; then the channels near them. */
async function* checkMainChannels(
  place: GoldenPlace,
  name: string,
  { contents }: Analyzer,
  spec: RecordingSpec,
  radiusUm: number | undefined,
): AsyncGenerator<Verdict, void> {
  const entry = `analyzer/${name === 'main' ? '' : `${name}_`}main_channels.json`;
  const golden = mainChannelsJson.parse(JSON.parse(readFileSync(join(place.golden, entry), 'utf8')));
  const { sorting, info } = contents;
  const ours = yield* withoutProgress(estimateMainChannels(sorting, spec, info, inlineCompute(), place.signal));
  const clear = golden.second_to_first_amplitude.flatMap((ratio, unit) => (ratio < 0.97 ? [unit] : []));
  yield {
    entry,
    part: 'main_channel_index',
    ours: clear.map((unit) => ours[unit]!),
    golden: clear.map((unit) => golden.main_channel_index[unit]!),
  };
  if (radiusUm === undefined) return;
  const near = channelsWithin(contactLayout(contents), ours, radiusUm);
  yield {
    entry,
    part: 'sparsity',
    ours: clear.flatMap((unit) => Array.from(near[unit]!)),
    golden: clear.flatMap((unit) => golden.sparsity[golden.unit_ids[unit]!]!),
  };
}

async function* withoutProgress<T>(work: AsyncGenerator<unknown, T>): AsyncGenerator<never, T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

/** Other params of extensions of main.binary. */
async function* checkVariants(place: GoldenPlace, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
  const ours = await copyOf(place, 'analyzer/main.binary', spec, ['random_spikes', 'waveforms', 'templates']);
  const variant = async (name: string, params: Params, array: string): Promise<NpyArray> => {
    await computeIn(place, ours, [{ name, params }]);
    return (await ours.extension(name))!.arrays[array]!;
  };
  for (const [file, window_ms, bin_ms] of [
    ['correlograms_w100_b2', 100, 2],
    ['correlograms_w50_b0p5', 50, 0.5],
  ] as const) {
    const entry = `analyzer/${file}.npy`;
    const counts = await variant('correlograms', { window_ms, bin_ms }, 'ccgs');
    yield { entry, ours: flat(counts), golden: flat(await goldenArray(place, entry)) };
    const edges = `analyzer/${file}_bins.npy`;
    const bins = (await ours.extension('correlograms'))!.arrays.bins!;
    yield { entry: edges, ours: flat(bins), golden: flat(await goldenArray(place, edges)) };
  }
  for (const method of ['cosine', 'l1', 'l2'])
    for (const [name, max_lag_ms, support] of [
      ['lag0_union', 0, 'union'],
      ['lag0_intersection', 0, 'intersection'],
      ['lag0_dense', 0, 'dense'],
      ['lag0.3_union', 0.3, 'union'],
    ] as const) {
      const entry = `analyzer/similarity_${method}_${name}.npy`;
      const similarity = await variant('template_similarity', { method, max_lag_ms, support }, 'similarity');
      yield { entry, ours: flat(similarity), golden: flat(await goldenArray(place, entry)) };
    }
  for (const [file, params] of [
    ['center_of_mass', { method: 'center_of_mass' }],
    ['center_of_mass_energy', { method: 'center_of_mass', feature: 'energy' }],
    ['monopolar_least_square', { method: 'monopolar_triangulation' }],
  ] as const) {
    const entry = `analyzer/unit_locations_${file}.npy`;
    yield* places(entry, await variant('unit_locations', params, 'unit_locations'), await goldenArray(place, entry));
  }
}

/** average and std straight from the traces, without waveforms. */
async function* checkTemplatesFromThePass(place: GoldenPlace, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
  const folder = 'analyzer/main.binary';
  const ours = await copyOf(place, folder, spec, ['random_spikes']);
  await computeIn(place, ours, [{ name: 'templates', params: {} }]);
  for (const operator of ['average', 'std']) {
    const entry = `${folder}/extensions/templates/${operator}.npy`;
    const own = (await ours.extension('templates'))!.arrays[operator]!;
    yield { entry, part: 'from the pass', ours: flat(own), golden: flat(await goldenArray(place, entry)) };
  }
}

async function* checkDense(place: GoldenPlace, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
  const ours = await copyOf(place, 'analyzer/main.binary', spec, ['random_spikes']);
  const dense: Analyzer = await denseCopy(place, ours, spec);
  await computeIn(place, dense, [
    { name: 'templates', params: {} },
    { name: 'template_similarity', params: {} },
  ]);
  for (const [entry, name, array] of [
    ['analyzer/dense_templates_average.npy', 'templates', 'average'],
    ['analyzer/dense_similarity_cosine.npy', 'template_similarity', 'similarity'],
  ] as const) {
    const own = (await dense.extension(name))!.arrays[array]!;
    yield { entry, ours: flat(own), golden: flat(await goldenArray(place, entry)) };
  }
}

/** An analyzer without a mask keeps all channels of every unit. */
async function denseCopy(place: GoldenPlace, sparse: Analyzer, recording: RecordingSpec): Promise<Analyzer> {
  const target = join(place.scratch, `copy-${copies++}`);
  cpSync(sparse.folder, target, { recursive: true, filter: (path) => !path.endsWith('sparsity_mask.npy') });
  return openAnalyzer(target, { recording });
}

async function goldenArray(place: GoldenPlace, entry: string): Promise<NpyArray> {
  return readNpy(join(place.golden, entry));
}

/** All numbers of an array, row after row; text of digits as numbers. */
function flat(array: NpyArray): number[] {
  if (array.kind === 'numbers') return Array.from(array.data);
  if (array.kind === 'strings') return array.data.map(Number);
  const columns = array.dtype.map((field) => array.data[field.name]!);
  const rows = array.shape.reduce((a, b) => a * b, 1);
  return Array.from({ length: rows }, (_, i) => columns.map((column) => Number(column[i]))).flat();
}
