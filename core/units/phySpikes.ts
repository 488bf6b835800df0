import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { valuesByUnit } from '../shared/unitTrains.ts';
import { type NumericArray, readNumbers } from '../store/npy.ts';

/** What a phy folder's files tell of each spike. Their order is that of the files, which is not always the sorting's. */
export interface PhySpikes {
  /** How many spikes of each unit were found by each template. [units] */
  readonly templatesOf: readonly ReadonlyMap<number, number>[];
  /** amplitudes.npy, dealt out to the units in order of time; undefined if there is none. Read when first asked for. */
  amplitudes(): Promise<readonly Float32Array[] | undefined>;
}

/** `clusters`: of each unit, as spike_clusters.npy has it. */
export async function phySpikes(folder: string, clusters: readonly number[]): Promise<PhySpikes> {
  const at = (name: string) => join(folder, name);
  const templates = existsSync(at('spike_templates.npy')) ? at('spike_templates.npy') : undefined;
  const ofCluster = existsSync(at('spike_clusters.npy')) ? at('spike_clusters.npy') : templates;
  if (ofCluster === undefined) throw new UserError(`${folder} has no spike_clusters.npy`, { path: folder });
  const unitOf = unitOfSpikes((await readNumbers(ofCluster)).data, clusters);
  let read: Promise<readonly Float32Array[] | undefined> | undefined;
  return {
    templatesOf:
      templates === undefined ? clusters.map(() => new Map()) : await countTemplates(templates, unitOf, clusters),
    amplitudes() {
      read ??= amplitudesIn(at('amplitudes.npy'), ofCluster, clusters);
      return read;
    },
  };
}

/** The unit's row of each spike, in the order of the file. */
function unitOfSpikes(cluster: NumericArray, clusters: readonly number[]): Int32Array {
  const rowOf = new Map(clusters.map((id, row) => [id, row]));
  const units = new Int32Array(cluster.length);
  let last = Number.NaN;
  let row = -1;
  for (let i = 0; i < units.length; i++) {
    const id = cluster[i]!;
    if (id !== last) {
      last = id;
      row = rowOf.get(id) ?? -1;
    }
    units[i] = row;
  }
  return units;
}

async function countTemplates(path: string, units: Int32Array, clusters: readonly number[]) {
  const templates = (await readNumbers(path)).data;
  if (templates.length !== units.length)
    throw new UserError(`${path} has ${templates.length} spikes, the sorting ${units.length}`, { path });
  const counts = clusters.map(() => new Map<number, number>());
  for (let i = 0; i < units.length; i++) {
    const own = counts[units[i]!];
    const template = templates[i]!;
    own?.set(template, (own.get(template) ?? 0) + 1);
  }
  return counts;
}

async function amplitudesIn(path: string, clusterPath: string, clusters: readonly number[]) {
  if (!existsSync(path)) return undefined;
  const { data } = await readNumbers(path);
  const units = unitOfSpikes((await readNumbers(clusterPath)).data, clusters);
  if (data.length !== units.length)
    throw new UserError(`${path} has ${data.length} spikes, the sorting ${units.length}`, {
      path,
      hint: 'One of the files was cut or belongs to another sorting.',
    });
  return valuesByUnit([units], clusters.length, data);
}
