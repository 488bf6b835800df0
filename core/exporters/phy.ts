import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Exporter } from '../shared/lists.ts';
import { channelLayout } from '../shared/probe.ts';
import { z } from '../shared/zod.ts';
import { writeNpy } from '../store/npy.ts';
import { extensionArray } from './phy/analyzerArrays.ts';
import { clusterIds } from './phy/clusterIds.ts';
import { planFeatures } from './phy/planFeatures.ts';
import { planTraces } from './phy/planTraces.ts';
import { phyChannels } from './phy/positions.ts';
import { phySpikes } from './phy/spikes.ts';
import { writeTables } from './phy/tables.ts';
import { writeChannels } from './phy/writeChannels.ts';
import { writeTemplates } from './phy/writeTemplates.ts';

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
  compute_pc_features: z
    .boolean()
    .default(true)
    .describe("Three principal components of each spike on its channels: phy's feature view shows them")
    .meta({ title: 'Compute features' }),
  add_quality_metrics: z
    .boolean()
    .default(true)
    .describe("Add each metric as a column of phy's cluster table")
    .meta({ title: 'Add quality metrics' }),
});

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
    const templates = await writeTemplates(folder, args);
    const channels = phyChannels(layout);
    if (channels.moved > 0)
      notes.push(
        `${channels.moved} channels lie where another does; phy cannot show that, so they were moved sideways.`,
      );
    const groups = await writeChannels(folder, args, channels);
    const groupOf = (id: string) => groups[info.channelIds.findIndex((channel) => String(channel) === id)];
    await writeTables(folder, units, ids, table, args.params.add_quality_metrics, groupOf);

    yield { stage: 'traces and features', done: 2, of: 3 };
    const { recording } = args;
    const traces = await planTraces(args);
    const features = await planFeatures(args, spikes, templates, signal);
    if (args.params.compute_pc_features && !features)
      notes.push("phy's feature view will be empty: the analyzer has no waveforms, or its recording cannot be read.");
    const collectors = [...traces, ...(features ? [features.collector] : [])];
    const margin = features?.margin ?? 0;
    if (recording && collectors.length > 0)
      yield* args.compute.pass({ recording, info, collectors, margin, stage: 'traces and features' }, signal);
    return notes;
  },
};
