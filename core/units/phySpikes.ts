import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unitsOfSpikes } from '../formats/phy.ts';
import { UserError } from '../shared/errors.ts';
import { valuesByUnit } from '../shared/unitTrains.ts';
import { readNumbers } from '../store/npy.ts';

/** What a phy folder's files tell of each spike. Their order is that of the files, which is not always the sorting's. */
export interface PhySpikes {
  /** How many spikes of each unit were found by each template. [units] */
  readonly templatesOf: readonly ReadonlyMap<number, number>[];
  /** amplitudes.npy, dealt out to the units in order of time; undefined if there is none. Read when first asked for. */
  amplitudes(): Promise<readonly Float32Array[] | undefined>;
}

/** `folder`: a phy folder; its units are the clusters that have spikes, ascending. */
export async function phySpikes(folder: string): Promise<PhySpikes> {
  const at = (name: string) => join(folder, name);
  const templates = existsSync(at('spike_templates.npy')) ? at('spike_templates.npy') : undefined;
  const clusters = existsSync(at('spike_clusters.npy')) ? at('spike_clusters.npy') : templates;
  if (clusters === undefined) throw new UserError(`${folder} has no spike_clusters.npy`, { path: folder });
  const units = async () => unitsOfSpikes((await readNumbers(clusters)).data, clusters);
  let read: Promise<readonly Float32Array[] | undefined> | undefined;
  return {
    templatesOf: await countTemplates(templates, await units()),
    amplitudes() {
      const path = at('amplitudes.npy');
      read ??= existsSync(path) ? units().then((own) => dealtAmplitudes(path, own)) : Promise.resolve(undefined);
      return read;
    },
  };
}

type Units = ReturnType<typeof unitsOfSpikes>;

async function countTemplates(path: string | undefined, { clusters, unitIndex }: Units) {
  const counts = clusters.map(() => new Map<number, number>());
  if (path === undefined) return counts;
  const templates = (await readNumbers(path)).data;
  checkLength(path, templates.length, unitIndex.length);
  for (let i = 0; i < unitIndex.length; i++) {
    const own = counts[unitIndex[i]!]!;
    const template = templates[i]!;
    own.set(template, (own.get(template) ?? 0) + 1);
  }
  return counts;
}

async function dealtAmplitudes(path: string, { clusters, unitIndex }: Units) {
  const { data } = await readNumbers(path);
  checkLength(path, data.length, unitIndex.length);
  return valuesByUnit([unitIndex], clusters.length, data);
}

function checkLength(path: string, length: number, spikes: number): void {
  if (length === spikes) return;
  throw new UserError(`${path} has ${length} spikes, the sorting ${spikes}`, {
    path,
    hint: 'One of the files was cut or belongs to another sorting.',
  });
}
