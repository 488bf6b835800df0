import { formats, sortingFormats } from '../formats/index.ts';
import { findStep } from '../open.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import type { ProbeGroup } from '../shared/probe.ts';
import type { SourceSpec } from '../shared/recording.ts';
import { sorters } from '../sorters/index.ts';
import { fingerprint, hashJson } from '../store/hash.ts';
import { analysisOf } from './analysis.ts';
import { filesBelow } from './filesBelow.ts';
import { fromSession, type Workspace } from './workspace.ts';

/** What each result is computed from, hashed: equal keys, equal results. Places of files do not count. */
export interface Keys {
  readonly preprocess: string;
  readonly sort: string;
  /** The analyzer without its extensions. */
  readonly base: string;
  readonly analyze: string;
}

/** Increased when a result computed from the same input changes. */
const ALGORITHMS = { preprocess: 1, sort: 1, analyze: 1 } as const;

export async function keysOf(workspace: Workspace, source: SourceSpec, probe: ProbeGroup | undefined): Promise<Keys> {
  const { session } = workspace;
  const files = await findEntry(formats, 'format', source.format).files(source);
  const recording = {
    format: source.format,
    params: source.params,
    files: await fingerprint(files),
    probe: probe as unknown as Json,
  };
  const steps = session.preprocess
    .filter((step) => step.enabled)
    .map(({ step: name, params }): Json => {
      const step = findStep(name);
      return { step: step.name, params: parseParams(step, 'step', params) as Readonly<Record<string, Json>> };
    });
  const preprocess = hashJson({ algorithm: ALGORITHMS.preprocess, recording, steps });
  const sort = hashJson({ algorithm: ALGORITHMS.sort, preprocess, by: await sortedBy(workspace) });
  const { sparsity } = session.analyzer;
  const base = hashJson({ algorithm: ALGORITHMS.analyze, preprocess, sort, sparsity });
  return { preprocess, sort, base, analyze: hashJson({ base, analysis: analysisOf(session) }) };
}

async function sortedBy(workspace: Workspace): Promise<Json> {
  const { sorting, sorter } = workspace.session;
  if (sorting) {
    findEntry(sortingFormats, 'sorting format', sorting.format);
    return { format: sorting.format, files: await fingerprint(await filesBelow(fromSession(workspace, sorting.path))) };
  }
  if (!sorter) return null;
  const entry = findEntry(sorters, 'sorter', sorter.name);
  return { sorter: entry.name, params: parseParams(entry, 'sorter', sorter.params) as Readonly<Record<string, Json>> };
}
