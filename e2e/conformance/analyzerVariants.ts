import { cpSync } from 'node:fs';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import type { RecordingSpec } from '../../core/shared/recording.ts';
import type { NpyArray } from '../../core/store/npy.ts';
import type { GoldenPlace, Verdict } from './area.ts';
import { computeIn, copyOf, flat, freshFolder, goldenArray, type Params, places } from './goldenAnalyzer.ts';

/** Other params of extensions of main.binary. */
export async function* checkVariants(place: GoldenPlace, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
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
export async function* checkTemplatesFromThePass(
  place: GoldenPlace,
  spec: RecordingSpec,
): AsyncGenerator<Verdict, void> {
  const folder = 'analyzer/main.binary';
  const ours = await copyOf(place, folder, spec, ['random_spikes']);
  await computeIn(place, ours, [{ name: 'templates', params: {} }]);
  for (const operator of ['average', 'std']) {
    const entry = `${folder}/extensions/templates/${operator}.npy`;
    const own = (await ours.extension('templates'))!.arrays[operator]!;
    yield { entry, part: 'from the pass', ours: flat(own), golden: flat(await goldenArray(place, entry)) };
  }
}

export async function* checkDense(place: GoldenPlace, spec: RecordingSpec): AsyncGenerator<Verdict, void> {
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
  const target = freshFolder(place);
  cpSync(sparse.folder, target, { recursive: true, filter: (path) => !path.endsWith('sparsity_mask.npy') });
  return openAnalyzer(target, { recording });
}
