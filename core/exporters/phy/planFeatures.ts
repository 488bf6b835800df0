import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectorSpec, Compute } from '../../shared/compute.ts';
import type { RecordingInfo, RecordingSpec } from '../../shared/recording.ts';
import type { Sorting } from '../../shared/sorting.ts';
import { readJson } from '../../store/json.ts';
import { writeNpy } from '../../store/npy.ts';
import { createNpy } from '../../store/npyRows.ts';
import { sparsityMask } from './analyzerArrays.ts';
import { COMPONENTS, type Components, type ComponentsArgs } from './components.ts';
import type { FeaturesArgs } from './features.ts';
import type { PhySpikes } from './spikes.ts';
import type { SparseTemplates } from './templates.ts';

interface Args {
  readonly folder: string;
  readonly params: { readonly compute_pc_features: boolean };
  readonly recording?: RecordingSpec;
  readonly info: RecordingInfo;
  readonly sorting: Sorting;
  readonly analyzer: string;
  readonly compute: Compute;
}

export interface FeaturesPlan {
  readonly collector: CollectorSpec;
  readonly margin: number;
}

/**
 * pc_features.npy and pc_feature_ind.npy: components of the saved waveforms, on which a pass then projects every
 * spike. Undefined where that is not wanted or cannot be done.
 */
export async function planFeatures(
  args: Args,
  spikes: PhySpikes,
  templates: SparseTemplates,
  signal: AbortSignal,
): Promise<FeaturesPlan | undefined> {
  const { folder, params, recording, info, sorting, analyzer, compute } = args;
  if (!params.compute_pc_features || !recording) return undefined;
  const waveforms = join(analyzer, 'extensions', 'waveforms');
  const drawn = join(analyzer, 'extensions', 'random_spikes', 'random_spikes_indices.npy');
  if (!existsSync(join(waveforms, 'waveforms.npy')) || !existsSync(drawn)) return undefined;

  const channels = info.channelIds.length;
  const components = await compute.run<ComponentsArgs, never, Components>(
    'phyComponents',
    {
      analyzer,
      unitOfSpike: unitOfEverySpike(sorting),
      channelsOf: await channelsOf(analyzer, sorting.unitIds.length, channels),
      channels,
    },
    { signal },
  );
  const { units, columns, channels: ind } = templates;
  const path = join(folder, 'pc_features.npy');
  await writeNpy(join(folder, 'pc_feature_ind.npy'), { shape: [units, columns], data: ind });
  await createNpy(path, '<f4', [spikes.times.length, COMPONENTS, columns]);
  const nbefore = Math.round((Number(await msBefore(waveforms)) * info.samplingFrequency) / 1000);
  const inUv = info.gainToUv !== undefined && (await returnsUv(analyzer));
  const perChannel = (values: readonly number[] | undefined, otherwise: number) =>
    Float64Array.from({ length: channels }, (_, c) => (inUv ? (values?.[c] ?? otherwise) : otherwise));
  const collectorArgs: FeaturesArgs = {
    path,
    segments: bySegment(spikes, info.numFrames),
    channels: ind,
    columns,
    components,
    nbefore,
    gain: perChannel(info.gainToUv, 1),
    offset: perChannel(info.offsetToUv, 0),
  };
  return {
    collector: { name: 'phyFeatures', args: collectorArgs },
    margin: Math.max(nbefore, components.samples - nbefore),
  };
}

function unitOfEverySpike({ segments }: Sorting): Int32Array {
  const all = new Int32Array(segments.reduce((sum, { unitIndex }) => sum + unitIndex.length, 0));
  let at = 0;
  for (const { unitIndex } of segments) {
    all.set(unitIndex, at);
    at += unitIndex.length;
  }
  return all;
}

async function channelsOf(analyzer: string, units: number, channels: number): Promise<Int32Array[]> {
  const mask = await sparsityMask(analyzer, units * channels);
  const all = Int32Array.from({ length: channels }, (_, c) => c);
  return Array.from({ length: units }, (_, u) => all.filter((c) => mask[u * channels + c] !== 0));
}

/** The spikes of each segment, in its own frames. */
function bySegment({ times, templates }: PhySpikes, numFrames: readonly number[]): FeaturesArgs['segments'] {
  let start = 0;
  let row = 0;
  return numFrames.map((frames) => {
    const firstRow = row;
    while (row < times.length && times[row]! < start + frames) row++;
    const from = start;
    start += frames;
    return {
      sampleIndex: times.slice(firstRow, row).map((time) => time - from),
      template: templates.slice(firstRow, row),
      firstRow,
    };
  });
}

async function msBefore(waveforms: string): Promise<unknown> {
  return field(await readJson(join(waveforms, 'params.json')), 'ms_before') ?? 1;
}

async function returnsUv(analyzer: string): Promise<boolean> {
  const settings = await readJson(join(analyzer, 'settings.json'));
  return (field(settings, 'return_in_uV') ?? field(settings, 'return_scaled') ?? true) === true;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
