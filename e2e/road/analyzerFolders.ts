import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Analyzer, openAnalyzer } from '../../core/analyzer/analyzer.ts';
import { createAnalyzer } from '../../core/analyzer/create.ts';
import { extensions } from '../../core/analyzer/extensions/index.ts';
import { inlineCompute } from '../../core/compute/inline.ts';
import { toyRecording } from '../../core/generate/toy.ts';
import { fit, open } from '../../core/open.ts';
import type { ChannelId, RecordingSpec, SourceSpec } from '../../core/shared/recording.ts';
import { spikeCounts, type UnitId } from '../../core/shared/sorting.ts';
import type { NpyArray } from '../../core/store/npy.ts';
import { must, type RoadCheck } from './check.ts';
import { ask } from './oracle.ts';

interface Case {
  readonly name: string;
  readonly unitIds: readonly UnitId[];
  readonly channelIds: readonly ChannelId[];
  readonly segments: number;
  readonly gain: number | null;
  chain(source: SourceSpec): RecordingSpec;
}

const numbered = (name: (i: number) => ChannelId) => Array.from({ length: 8 }, (_, i) => name(i));
const cases: readonly Case[] = [
  {
    name: 'numbers, gains',
    unitIds: [10, 2, 33, 5],
    channelIds: numbered((i) => 7 - i),
    segments: 1,
    gain: 0.195,
    chain: (source) => source,
  },
  {
    name: 'text, raw units, two segments',
    unitIds: ['u1', '007', 'ü 3', 'u,"4'],
    channelIds: numbered((i) => `ch é${i}`),
    segments: 2,
    gain: null,
    chain: (source) => source,
  },
  {
    name: 'steps',
    unitIds: [0, 1, 2, 3],
    channelIds: numbered((i) => `${i}`),
    segments: 1,
    gain: 0.195,
    chain: (source) => ({
      step: 'whiten',
      params: { mode: 'local' },
      parent: { step: 'common_reference', params: {}, parent: { step: 'bandpass_filter', params: {}, parent: source } },
    }),
  },
];

/** Analyzers with every extension, opened by both SpikeInterfaces: ids, arrays, places and traces are what we wrote. */
export const analyzerFolders: readonly RoadCheck[] = cases.map((one) => ({
  name: `analyzer folder (${one.name}) in SpikeInterface`,
  async run(place) {
    if (!place.python('si105') && !place.python('si101')) return 'left out: no oracles';
    const analyzer = await makeAnalyzer(join(place.scratch, `analyzer ${one.name}`), one);
    const versions: string[] = [];
    for (const oracle of ['si105', 'si101'] as const) {
      const seen = ask(place, oracle, 'loadAnalyzer.py', analyzer.folder);
      if (!seen) continue;
      versions.push(seen.version);
      const { sorting, mainChannels, returnInUv, layout } = analyzer.contents;
      same('unit ids', seen.unit_ids, one.unitIds);
      same('channel ids', seen.channel_ids, one.channelIds);
      same('spikes of each unit', seen.num_spikes, [...spikeCounts(sorting)]);
      same('return_in_uV', seen.return_in_uV, returnInUv);
      same('sparse, has a recording', [seen.sparse, seen.has_recording], [true, true]);
      same(
        'places',
        seen.channel_locations,
        Array.from(layout!.x, (x, c) => [x, layout!.y[c]]),
      );
      same('properties', seen.properties.includes('main_channel_id') && seen.properties.includes('label'), true);
      if (oracle === 'si105') same('main channels', seen.main_channels, [...mainChannels]);
      same('extensions', Object.keys(seen.extensions).sort(), extensions.map(({ name }) => name).sort());
      for (const { name } of extensions) await checkArrays(analyzer, name, seen.extensions[name].data);
    }
    return versions.join(', ');
  },
}));

async function checkArrays(
  analyzer: Analyzer,
  name: string,
  seen: Readonly<Record<string, { shape: number[]; sum?: number; columns?: object; index?: unknown }>>,
): Promise<void> {
  const stored = await analyzer.extension(name);
  const { arrays = {}, tables = {} } = stored ?? {};
  same(`${name}: data`, Object.keys(seen).sort(), [...Object.keys(arrays), ...Object.keys(tables)].sort());
  for (const [array, ours] of Object.entries(arrays)) {
    same(`${name}/${array}: shape`, seen[array]!.shape, [...ours.shape]);
    if (ours.kind === 'numbers') {
      const sum = finiteSum(ours);
      must(Math.abs(seen[array]!.sum! - sum) <= 1e-9 * Math.max(1, Math.abs(sum)), `${name}/${array}: other numbers`);
    }
  }
  for (const [table, ours] of Object.entries(tables)) {
    same(`${name}/${table}: columns`, Object.keys(seen[table]!.columns!), Object.keys(ours.columns));
    same(`${name}/${table}: units`, [seen[table]!.index].flat().map(String), [...ours.index]);
  }
}

function finiteSum(array: NpyArray & { kind: 'numbers' }): number {
  let sum = 0;
  for (const value of array.data) if (Number.isFinite(value)) sum += value;
  return sum;
}

function same(what: string, seen: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  must(a === b, `${what}: SpikeInterface sees ${a}, we wrote ${b}`);
}

async function makeAnalyzer(folder: string, one: Case): Promise<Analyzer> {
  await mkdir(folder, { recursive: true });
  const toy = toyRecording({ channels: 8, units: 4, seconds: 3, segments: one.segments, seed: 3 });
  const { info } = toy.recording;
  const paths = info.numFrames.map((_, segment) => join(folder, `segment ${segment}.raw`));
  for (const [segment, frames] of info.numFrames.entries())
    await writeFile(paths[segment]!, Int16Array.from(await toy.recording.read(segment, 0, frames)));
  const params = {
    sampling_frequency: info.samplingFrequency,
    num_channels: 8,
    dtype: 'int16',
    channel_ids: one.channelIds,
    gain_to_uV: one.gain,
  };
  const { signal } = new AbortController();
  const source = { format: 'binary', paths, params, ...(info.probe && { probe: info.probe }) };
  const recording = await fit(one.chain(source), signal);
  const opened = await open(recording);
  const sorting = { ...toy.sorting, unitIds: one.unitIds };
  const columns = { label: ['good', undefined, 'mua', 'ü'] };
  const compute = inlineCompute();
  const target = join(folder, 'analyzer');
  for await (const _ of createAnalyzer(target, { sorting, columns, recording, info: opened.info, compute, signal }));
  opened.close();
  const analyzer = await openAnalyzer(target);
  for await (const _ of analyzer.compute(
    extensions.map(({ name }) => ({ name })),
    compute,
    signal,
  ));
  return analyzer;
}
