import { findEntry, parseParams } from '../shared/entry.ts';
import { canonical } from '../shared/json.ts';
import { hashJson } from '../store/hash.ts';
import type { Contents } from './contents.ts';
import type { Extension, Params } from './extension.ts';
import { extensions } from './extensions/index.ts';
import { extensionFolder, readStoredParams } from './stored.ts';

export interface ExtensionRequest {
  readonly name: string;
  readonly params?: Params;
}

/** One extension that is wanted, or needed by one that is. */
export interface PlannedExtension {
  readonly entry: Extension;
  readonly params: Params;
  /** Hash of all it is computed from, within its analyzer. */
  readonly key: string;
  /** Extensions of the plan whose arrays it reads. */
  readonly dependsOn: readonly string[];
  /** It lies on the disk as wanted. */
  readonly fresh: boolean;
}

type Head = Awaited<ReturnType<typeof readStoredParams>>;

/**
 * The extensions asked for and those they need, each after those it reads. What is needed but not asked for keeps
 * the params it has on the disk, else has the usual ones. Unknown names and params are a UserError.
 */
export async function planExtensions(
  contents: Contents,
  requests: readonly ExtensionRequest[],
): Promise<PlannedExtension[]> {
  const heads = new Map<string, Head>();
  for (const { name } of extensions) heads.set(name, await readStoredParams(extensionFolder(contents.folder, name)));
  const wanted = new Map<string, Params>();
  for (const { name, params = {} } of requests) wanted.set(findEntry(extensions, 'extension', name).name, params);
  const planned = new Map<string, PlannedExtension>();

  // Parents first, whatever the order of the request: templates look at the waveforms' params even where they do not
  // need them.
  const plan = (entry: Extension): PlannedExtension => {
    const known = planned.get(entry.name);
    if (known) return known;
    const head = heads.get(entry.name);
    const given = wanted.get(entry.name) ?? (head && readable(entry, head.params) ? head.params : {});
    const parsed = parseParams(entry, 'extension', given) as Params;
    const paramsOf = (name: string) =>
      wanted.has(name) ? plan(findEntry(extensions, 'extension', name)).params : heads.get(name)?.params;
    const params = entry.settle?.(parsed, contents, paramsOf) ?? parsed;
    const parents = entry.dependsOn(params).map((name) => plan(findEntry(extensions, 'extension', name)));
    const key = hashJson({
      name: entry.name,
      params,
      parents: Object.fromEntries(parents.map((parent) => [parent.entry.name, parent.key])),
    });
    const fresh =
      head !== undefined &&
      parents.every((parent) => parent.fresh) &&
      (head.key === undefined ? agrees(head.params, given) : head.key === key);
    const dependsOn = parents.map((parent) => parent.entry.name);
    // What SpikeInterface computed is known by its params.
    const done = { entry, params, dependsOn, fresh, key: fresh && !head?.key ? hashJson(head?.params) : key };
    planned.set(entry.name, done);
    return done;
  };
  for (const name of wanted.keys()) plan(findEntry(extensions, 'extension', name));
  return extensions.map((entry) => planned.get(entry.name)).filter((one) => one !== undefined);
}

function readable(entry: Extension, params: Params): boolean {
  const known = Object.keys(entry.params.shape);
  return Object.keys(params).every((name) => known.includes(name)) && entry.params.safeParse(params).success;
}

/** `found` says what `given` asks for; what was not asked for may be anything. */
function agrees(found: Params, given: Params): boolean {
  return Object.entries(given).every(([name, value]) => canonical(found[name]) === canonical(value));
}

/** Extensions of SpikeInterface that are not in our list, and what they are computed from. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  principal_components: ['random_spikes', 'waveforms'],
  amplitude_scalings: ['templates'],
  template_metrics: ['templates'],
  valid_unit_periods: ['templates', 'spike_amplitudes', 'amplitude_scalings'],
};

/** Those of `present` that were computed from `changed`, directly or not. */
export function dependents(changed: readonly string[], present: ReadonlyMap<string, Params>): string[] {
  const stale = new Set(changed);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [name, params] of present) {
      if (stale.has(name) || !parentsOf(name, params).some((parent) => stale.has(parent))) continue;
      stale.add(name);
      grew = true;
    }
  }
  return [...stale].filter((name) => !changed.includes(name));
}

function parentsOf(name: string, params: Params): readonly string[] {
  const entry = extensions.find((one) => one.name === name);
  if (!entry) return foreign[name] ?? [];
  return readable(entry, params)
    ? entry.dependsOn(entry.params.parse(params))
    : entry.dependsOn(entry.params.parse({}));
}
