import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { phy } from '../../core/formats/phy.ts';
import { spikeinterfaceBinary } from '../../core/formats/spikeinterfaceBinary.ts';
import { spikeinterfaceNpz } from '../../core/formats/spikeinterfaceNpz.ts';
import { spikeinterfaceNumpy } from '../../core/formats/spikeinterfaceNumpy.ts';
import type { OpenedSorting } from '../../core/shared/lists.ts';
import { z } from '../../core/shared/zod.ts';
import { readJson } from '../../core/store/json.ts';
import { readNpy } from '../../core/store/npy.ts';
import type { Area, Verdict } from './area.ts';
import { differing } from './parts.ts';
import { plainNpy } from './plainNpy.ts';

const recordings = { recording: 1, recording_2seg: 2, recording_raw: 1 };
const jsonFiles = ['gt.json', 'recording_nwb_info.json', 'recording_raw_triggers.json'];
const arrays = ['gt_templates.npy', 'gt_unit_locations.npy', 'sorting/properties/gt_unit_locations.npy'];

/** The recordings and sortings of golden/data as our formats read them, against their bytes and each other. */
export const dataFiles: Area = {
  name: 'data',
  async *check({ golden }) {
    const at = (path: string) => join(golden, 'data', path);
    for (const [name, segments] of Object.entries(recordings))
      yield* checkRecordingFolder(at(name), `data/${name}`, segments);
    for (const file of jsonFiles) {
      const same = isDeepStrictEqual(plain(await readJson(at(file))), JSON.parse(readFileSync(at(file), 'utf8')));
      yield { entry: `data/${file}`, error: same ? 0 : 1 };
    }
    for (const file of arrays) {
      const ours = await readNpy(at(file));
      if (ours.kind === 'numbers') yield { entry: `data/${file}`, ours: ours.data, golden: plainNpy(at(file)) };
    }
    for (const name of ['sorting', 'sorting_2seg']) {
      const columns = plainSpikes(at(`${name}/spikes.npy`));
      yield { entry: `data/${name}/spikes.npy`, ours: flat(await spikeinterfaceNumpy.open(at(name))), golden: columns };
      yield { entry: `data/${name}.npz`, ours: flat(await spikeinterfaceNpz.open(at(`${name}.npz`))), golden: columns };
    }
    yield* checkPhyFolders(at);
  },
};

/** null-prototype objects compare as plain ones. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

async function* checkRecordingFolder(folder: string, entry: string, segments: number): AsyncGenerator<Verdict, void> {
  const [found] = await spikeinterfaceBinary.find(folder);
  if (!found) throw new Error(`nothing found in ${folder}`);
  const recording = await spikeinterfaceBinary.open(found.spec);
  const { info } = recording;
  for (let segment = 0; segment < segments; segment++) {
    const file = readFileSync(join(folder, `traces_cached_seg${segment}.raw`));
    const golden = new Int16Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
    const ours = await recording.read(segment, 0, info.numFrames[segment] ?? 0);
    yield { entry: `${entry}/traces_cached_seg${segment}.raw`, ours, golden };
  }
  const own: Readonly<Record<string, readonly unknown[] | undefined>> = {
    gain_to_uV: info.gainToUv,
    offset_to_uV: info.offsetToUv,
    group: info.properties.group,
    ...(info.properties.inter_sample_shift && { inter_sample_shift: info.properties.inter_sample_shift }),
  };
  for (const [name, values] of Object.entries(own))
    yield {
      entry: `${entry}/properties/${name}.npy`,
      ours: (values ?? []).map(Number),
      golden: plainNpy(join(folder, 'properties', `${name}.npy`)),
    };
  recording.close();
}

/** Sample, unit, segment of every spike. */
function flat({ sorting }: OpenedSorting): number[] {
  return sorting.segments.flatMap((spikes, segment) =>
    Array.from(spikes.sampleIndex, (sample, i) => [sample, spikes.unitIndex[i]!, segment]).flat(),
  );
}

function plainSpikes(path: string): number[] {
  return Array.from(plainNpy(path, '<i8'));
}

const asRead = z.object({
  unit_ids: z.array(z.number()),
  num_spikes: z.record(z.string(), z.number()),
  properties: z.record(z.string(), z.array(z.union([z.number(), z.string()]))),
});

/** Both folders hold the spikes of data/sorting. */
async function* checkPhyFolders(at: (path: string) => string): AsyncGenerator<Verdict, void> {
  const table = 'data/sorting_phy_kilosort_as_read.json';
  const read = z
    .looseObject({ read_phy: asRead, read_kilosort: asRead })
    .parse(await readJson(at('sorting_phy_kilosort_as_read.json')));
  for (const [name, golden] of [
    ['sorting_phy', read.read_phy] as const,
    ['sorting_kilosort', read.read_kilosort] as const,
  ]) {
    const opened = await phy.open(at(name));
    const spikes = opened.sorting.segments[0]!;
    const own = {
      spike_times: spikes.sampleIndex,
      spike_clusters: spikes.unitIndex,
      spike_templates: spikes.unitIndex,
    };
    for (const [file, ours] of Object.entries(own))
      yield { entry: `data/${name}/${file}.npy`, ours, golden: plainNpy(at(`${name}/${file}.npy`)) };
    const counts = opened.sorting.unitIds.map((_, unit) => spikes.unitIndex.filter((u) => u === unit).length);
    yield { entry: table, part: `${name} unit_ids`, error: differing(opened.sorting.unitIds, golden.unit_ids) };
    yield {
      entry: table,
      part: `${name} num_spikes`,
      error: differing(
        counts,
        golden.unit_ids.map((id) => golden.num_spikes[id]),
      ),
    };
    for (const [key, values] of Object.entries(golden.properties))
      yield { entry: table, part: `${name} ${key}`, error: differing(opened.sorting.properties[key] ?? [], values) };
  }
  const { properties } = (await phy.open(at('sorting_phy'))).sorting;
  yield {
    entry: 'data/sorting_phy/cluster_group.tsv',
    error: differing(properties.quality ?? [], tsvColumn(at('sorting_phy/cluster_group.tsv'), 'group')),
  };
  for (const key of ['ch', 'depth', 'fr', 'n_spikes'])
    yield {
      entry: 'data/sorting_phy/cluster_info.tsv',
      part: key,
      error: differing(properties[key] ?? [], tsvColumn(at('sorting_phy/cluster_info.tsv'), key).map(Number)),
    };
  const kilosort = (await phy.open(at('sorting_kilosort'))).sorting.properties;
  yield {
    entry: 'data/sorting_kilosort/cluster_KSLabel.tsv',
    error: differing(kilosort.KSLabel ?? [], tsvColumn(at('sorting_kilosort/cluster_KSLabel.tsv'), 'KSLabel')),
  };
}

function tsvColumn(path: string, name: string): string[] {
  const [header = [], ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => row[header.indexOf(name)] ?? '');
}
