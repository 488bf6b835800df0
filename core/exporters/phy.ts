import { join, relative, sep } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Exporter } from '../shared/lists.ts';
import { channelLayout } from '../shared/probe.ts';
import type { Progress } from '../shared/progress.ts';
import { chain, type DType, isStep } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { type NumericArray, readNumbers, writeNpy } from '../store/npy.ts';
import { writeFileAtomic } from '../store/writeFile.ts';
import { clusterIds } from './phy/clusterIds.ts';
import { paramsFile } from './phy/paramsFile.ts';
import { phyChannels } from './phy/positions.ts';
import { phySpikes } from './phy/spikes.ts';
import { writeTables } from './phy/tables.ts';
import { cosineSimilarity, padded, sparseTemplates } from './phy/templates.ts';
import { prepareTraces } from './saveTraces.ts';

const params = z.object({
  copy_binary: z
    .boolean()
    .default(true)
    .describe(
      'Write the preprocessed traces as recording.dat, which phy then shows. Off: phy reads the original file, unfiltered, and the export is small',
    )
    .meta({ title: 'Copy the traces' }),
  dtype: z
    .enum(['auto', 'int16', 'float32'])
    .default('auto')
    .describe('Type of the numbers in recording.dat; auto: that of the recording')
    .meta({ title: 'Type of the traces', advanced: true }),
  add_quality_metrics: z
    .boolean()
    .default(true)
    .describe("Add each metric as a column of phy's cluster table")
    .meta({ title: 'Add quality metrics' }),
});

type Params = z.output<typeof params>;
type Args = Parameters<Exporter<typeof params>['write']>[0];

/** A folder phy's template-gui opens. See reference: phylib's TemplateModel. */
export const phy: Exporter<typeof params> = {
  name: 'phy',
  label: 'phy',
  help: 'A folder the phy template GUI opens, for curation there: spikes, templates, amplitudes, labels and metrics, with the preprocessed traces.',
  params,
  async *write(args, signal) {
    const { folder, info, sorting, units, table, analyzer } = args;
    const notes: string[] = [];
    const layout = info.probe && channelLayout(info.probe, info.channelIds.length);
    if (!layout) throw new UserError('phy needs to know where the channels are', { hint: 'Choose a probe first.' });

    yield { stage: 'spikes', done: 0, of: 3 };
    const spikes = phySpikes(sorting, units, info.numFrames);
    const n = spikes.times.length;
    if (n < 2)
      throw new UserError(`phy cannot open a sorting of ${n === 0 ? 'no spikes' : 'one spike'}`, {
        hint: 'Sort again with a lower detection threshold.',
      });
    const { ids, kept } = clusterIds(units.map((unit) => unit.unitId));
    if (!kept)
      notes.push('phy numbers clusters: the units are numbered from 0, their own ids are in the column si_unit_id.');
    const at = (name: string) => join(folder, name);
    await writeNpy(at('spike_times.npy'), { dtype: '<i8', shape: [n], data: spikes.times });
    await writeNpy(at('spike_templates.npy'), { shape: [n], data: spikes.templates });
    await writeNpy(at('spike_clusters.npy'), { shape: [n], data: spikes.units.map((unit) => ids[unit]!) });
    const amplitudes = await extensionArray(analyzer, 'spike_amplitudes', 'amplitudes.npy');
    const own = Float32Array.from(spikes.rows, (row) => amplitudes.data[row]!);
    await writeNpy(at('amplitudes.npy'), { shape: [n], data: own });

    yield { stage: 'templates', done: 1, of: 3 };
    await writeTemplates(args, at);
    const channels = phyChannels(layout);
    if (channels.moved > 0)
      notes.push(
        `${channels.moved} channels lie where another does; phy cannot show that, so they were moved sideways.`,
      );
    await writeChannels(args, channels, at);
    await writeTables(folder, units, ids, table, args.params.add_quality_metrics);

    yield { stage: 'traces', done: 2, of: 3 };
    yield* writeRaw(args, signal);
    yield { stage: 'done', done: 3, of: 3 };
    return notes;
  },
};

async function writeTemplates({ analyzer, sorting, info }: Args, at: (name: string) => string): Promise<void> {
  const { data: dense, shape } = await extensionArray(analyzer, 'templates', 'average.npy');
  const [units = 0, samples = 0, channels = 0] = shape;
  if (units !== sorting.unitIds.length || channels !== info.channelIds.length)
    throw new UserError(`${analyzer}: its templates are of ${units} units, the sorting has ${sorting.unitIds.length}`, {
      path: analyzer,
      hint: 'Compute the analyzer again.',
    });
  const mask = await sparsityMask(analyzer, units * channels);
  const floats = dense instanceof Float64Array ? dense : Float32Array.from(dense);
  const templates = sparseTemplates(floats, mask, [units, samples, channels]);
  const shapeOut = [templates.units, samples, templates.columns];
  await writeNpy(at('templates.npy'), { shape: shapeOut, data: templates.data });
  await writeNpy(at('template_ind.npy'), { shape: [templates.units, templates.columns], data: templates.channels });
  const similarity = await extensionArray(analyzer, 'template_similarity', 'similarity.npy').then(
    (array) => array.data,
    () => cosineSimilarity(floats, units),
  );
  const square = padded(similarity, units, templates.units);
  await writeNpy(at('similar_templates.npy'), { shape: [templates.units, templates.units], data: square });
}

async function writeChannels(
  { info, params: { copy_binary }, flat }: Args,
  { positions, shanks, probes }: ReturnType<typeof phyChannels>,
  at: (name: string) => string,
): Promise<void> {
  const channels = info.channelIds.length;
  const columns =
    copy_binary || !flat ? Int32Array.from({ length: channels }, (_, c) => c) : Int32Array.from(flat.columns);
  await writeNpy(at('channel_map.npy'), { shape: [channels], data: columns });
  await writeNpy(at('channel_map_si.npy'), { dtype: '<U', shape: [channels], data: info.channelIds.map(String) });
  await writeNpy(at('channel_positions.npy'), { shape: [channels, 2], data: positions });
  await writeNpy(at('channel_shanks.npy'), { shape: [channels], data: shanks });
  if (probes.some((probe) => probe !== probes[0]))
    await writeNpy(at('channel_probe.npy'), { shape: [channels], data: probes });
  const group = info.properties.group;
  const groups = group && typeof group[0] === 'number' ? Int32Array.from(group, Number) : probes;
  await writeNpy(at('channel_groups.npy'), { dtype: '<i8', shape: [channels], data: groups });
  // The templates are not whitened. Without the inverse beside it phy would write one at its first opening.
  const identity = new Float64Array(channels * channels);
  for (let c = 0; c < channels; c++) identity[c * channels + c] = 1;
  for (const name of ['whitening_mat.npy', 'whitening_mat_inv.npy'])
    await writeNpy(at(name), { shape: [channels, channels], data: identity });
}

/** recording.dat and params.py, or only params.py that points to the original. */
async function* writeRaw(
  { folder, target, params, recording, info, flat, compute }: Args,
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  const common = { sampleRate: info.samplingFrequency };
  if (params.copy_binary && recording) {
    const dtype = storedType(params.dtype, info.dtype);
    const collector = prepareTraces(join(folder, 'recording.dat'), dtype, info);
    yield* compute.pass({ recording, info, collectors: [collector], margin: 0, stage: 'traces' }, signal);
    const text = paramsFile({
      ...common,
      datPaths: ['recording.dat'],
      channels: info.channelIds.length,
      dtype,
      offset: 0,
      filtered: info.isFiltered,
    });
    return writeFileAtomic(join(folder, 'params.py'), text);
  }
  if (params.copy_binary)
    throw new UserError('the traces cannot be copied: the raw data of this analyzer cannot be read', {
      hint: 'Choose where the recording is, or turn "Copy the traces" off.',
    });
  if (!flat && recording)
    throw new UserError(
      `phy cannot read the original ${chain(recording)
        .filter((spec) => !isStep(spec))
        .map((spec) => ('format' in spec ? spec.format : ''))} file`,
      {
        hint: 'Turn "Copy the traces" on.',
      },
    );
  const datPaths = (flat?.paths ?? []).map((path) => relative(target, path).split(sep).join('/'));
  const text = paramsFile({
    ...common,
    datPaths: datPaths.length > 0 ? datPaths : [''],
    channels: flat?.channelsInFile ?? info.channelIds.length,
    dtype: flat?.dtype ?? 'int16',
    offset: flat?.offset ?? 0,
    filtered: recording ? !isStep(recording) && info.isFiltered : info.isFiltered,
  });
  await writeFileAtomic(join(folder, 'params.py'), text);
}

function storedType(wanted: Params['dtype'], own: DType): DType {
  if (wanted !== 'auto') return wanted;
  return own === 'float64' || own === 'int32' || own === 'uint32' ? 'float32' : own;
}

async function extensionArray(
  analyzer: string,
  extension: string,
  file: string,
): Promise<{ data: NumericArray; shape: readonly number[] }> {
  try {
    return await readNumbers(join(analyzer, 'extensions', extension, file));
  } catch (error) {
    throw new UserError(`phy needs "${extension}", which the analyzer in ${analyzer} does not have`, {
      path: analyzer,
      hint: `Add ${extension} to what is computed, and run Analyze again.`,
      cause: error,
    });
  }
}

/** [units][channels]; an analyzer without the file is dense. */
async function sparsityMask(analyzer: string, size: number): Promise<Uint8Array> {
  const mask = await readNumbers(join(analyzer, 'sparsity_mask.npy')).catch(() => undefined);
  return mask && mask.data.length === size ? Uint8Array.from(mask.data) : new Uint8Array(size).fill(1);
}
