import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { OpenedSorting, SortingFormat } from '../shared/lists.ts';
import type { Property } from '../shared/recording.ts';
import type { UnitId } from '../shared/sorting.ts';
import { type NumericArray, readNumbers } from '../store/npy.ts';
import { isFile } from '../store/pathKind.ts';
import { checkSpikes } from './checkSpikes.ts';
import { positiveParam, readPhyParams } from './phyParams.ts';
import { phyRecording } from './phyRecording.ts';
import { type Cell, type ClusterColumns, readClusterColumns, unitCells } from './unitTable.ts';

/** A phy folder: Kilosort's output, or one curated in phy. Opening it changes nothing in it. */
export const phy: SortingFormat = {
  name: 'phy',
  label: 'phy or Kilosort folder',
  help: 'Spike times and clusters as Kilosort writes and phy curates them, with all columns of its tables.',

  async matches(path) {
    return phyFolder(path) !== undefined;
  },

  async open(path): Promise<OpenedSorting> {
    const folder = phyFolder(path);
    if (folder === undefined)
      throw new UserError(`${path} is no phy folder: it has no spike_times.npy with spike_clusters.npy`, {
        path,
        hint: 'Choose the folder with params.py and spike_times.npy.',
      });
    const paramsPath = join(folder, 'params.py');
    if (!existsSync(paramsPath))
      throw new UserError(`${folder} has no params.py`, {
        path: paramsPath,
        hint: 'It holds the sampling rate: sample_rate = 30000.0',
      });
    const params = readPhyParams(paramsPath);
    const samplingFrequency = positiveParam(params, 'sample_rate', paramsPath);

    const warnings: string[] = [];
    const times = join(folder, 'spike_times.npy');
    const sampleIndex = (await readNumbers(times)).data;
    const own = join(folder, 'spike_clusters.npy');
    const clustersPath = existsSync(own) ? own : join(folder, 'spike_templates.npy');
    const clusterOfSpike = (await readNumbers(clustersPath)).data;
    if (clusterOfSpike.length !== sampleIndex.length)
      throw new UserError(`${clustersPath} has ${clusterOfSpike.length} spikes, ${times} has ${sampleIndex.length}`, {
        path: clustersPath,
        hint: 'One of them was cut or belongs to another sorting.',
      });

    const { clusters, unitIndex } = unitsOfSpikes(clusterOfSpike, clustersPath);
    const recording = await phyRecording(folder, params, samplingFrequency, warnings);
    const spikes = { path: times, sampleIndex, unitIndex, units: clusters.length };
    const segment = checkSpikes(recording ? { ...spikes, frames: recording.frames } : spikes);
    const tables = readClusterColumns(folder, warnings);
    warnEmpty(tables, clusters, warnings);
    const columns: Record<string, readonly Cell[]> = Object.create(null);
    for (const [name, column] of tables) if (name !== 'si_unit_id') columns[name] = unitCells(column, clusters);
    const unitIds = originalIds(tables.get('si_unit_id'), clusters) ?? clusters;
    return {
      sorting: { samplingFrequency, unitIds, segments: [segment], properties: propertiesOf(columns, clusters) },
      columns,
      ...(recording && { recording: recording.spec }),
      warnings,
    };
  },
};

/** The phy folder at `path`: itself, the one of its params.py, or a sorter's output within it. */
export function phyFolder(path: string): string | undefined {
  const places = isFile(path) ? [dirname(path)] : [path, join(path, 'sorter_output'), join(path, 'phy')];
  return places.find(
    (folder) =>
      existsSync(join(folder, 'spike_times.npy')) &&
      (existsSync(join(folder, 'spike_clusters.npy')) || existsSync(join(folder, 'spike_templates.npy'))),
  );
}

/** Clusters that have spikes, ascending, and each spike's place among them, in the order of the file. */
export function unitsOfSpikes(
  clusterOfSpike: NumericArray,
  path: string,
): { readonly clusters: readonly number[]; readonly unitIndex: Int32Array } {
  let most = 0;
  for (let i = 0; i < clusterOfSpike.length; i++) {
    const id = clusterOfSpike[i]!;
    if (!(Number.isSafeInteger(id) && id >= 0))
      throw new UserError(`${path} holds a cluster that is no whole number or is negative`, {
        path,
        hint: 'The file is damaged.',
      });
    if (id > most) most = id;
  }
  // Ids are small as a rule: a table of them is ten times faster than a map. [id]: 1, then place
  const known = most < TABLE_IDS ? new Int32Array(most + 1) : new Map<number, number>();
  const isTable = known instanceof Int32Array;
  for (let i = 0; i < clusterOfSpike.length; i++)
    if (isTable) known[clusterOfSpike[i]!] = 1;
    else known.set(clusterOfSpike[i]!, 1);
  const clusters = isTable
    ? Array.from(known.keys()).filter((id) => known[id] === 1)
    : [...known.keys()].sort((a, b) => a - b);
  for (const [place, id] of clusters.entries())
    if (isTable) known[id] = place;
    else known.set(id, place);
  const unitIndex = new Int32Array(clusterOfSpike.length);
  for (let i = 0; i < unitIndex.length; i++)
    unitIndex[i] = isTable ? known[clusterOfSpike[i]!]! : known.get(clusterOfSpike[i]!)!;
  return { clusters, unitIndex };
}

/** Cluster ids up to this have a table. */
const TABLE_IDS = 2 ** 22;

function warnEmpty(tables: ClusterColumns, clusters: readonly number[], warnings: string[]): void {
  const withSpikes = new Set(clusters);
  const empty = new Set<number>();
  for (const column of tables.values()) for (const id of column.keys()) if (!withSpikes.has(id)) empty.add(id);
  if (empty.size > 0) warnings.push(`${empty.size} clusters of the tables have no spikes and are left out.`);
}

/** Ids the units had in SpikeInterface before the export to phy; clusters made in phy since get new ones. */
function originalIds(
  column: ReadonlyMap<number, string> | undefined,
  clusters: readonly number[],
): readonly UnitId[] | undefined {
  if (!column) return undefined;
  const texts = clusters.map((id) => column.get(id) ?? '');
  const numeric = texts.every((text) => text === '' || /^-?\d+(\.0+)?$/.test(text));
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  const kept = (text: string) => text !== '' && count.get(text) === 1;
  if (numeric) {
    let last = Math.max(-1, ...texts.filter(kept).map(Number));
    return texts.map((text) => (kept(text) ? Number(text) : ++last));
  }
  const taken = new Set(texts);
  return texts.map((text, i) => {
    if (kept(text)) return text;
    let id = String(clusters[i]);
    while (taken.has(id)) id += '_';
    taken.add(id);
    return id;
  });
}

const RENAMED: Readonly<Record<string, string>> = {
  group: 'quality',
  chan_grp: 'group',
  ch_group: 'group',
  channel_group: 'group',
};

/** Columns by SpikeInterface's names, empty cells as NaN or ''. */
function propertiesOf(
  columns: Readonly<Record<string, readonly Cell[]>>,
  clusters: readonly number[],
): Readonly<Record<string, Property>> {
  const properties: Record<string, Property> = { original_cluster_id: clusters };
  for (const [name, cells] of Object.entries(columns)) {
    const key = RENAMED[name] ?? name;
    if (cells.every((cell) => cell === undefined)) continue;
    if (cells.some((cell) => typeof cell === 'string'))
      properties[key] = cells.map((cell) => (cell === undefined ? '' : String(cell)));
    else properties[key] = cells.map((cell) => (typeof cell === 'number' ? cell : Number.NaN));
  }
  return properties;
}
