import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/json.ts';
import { chain, isStep, type RecordingSpec } from '../shared/recording.ts';
import { readJson, writeJson } from '../store/json.ts';

type Learnt = Readonly<Record<string, Json>>;

/** What the steps learnt from the data (whitening matrices), kept in the session's folder. */
export interface Fitted {
  readonly key: string;
  /** One a step that is on; null where it learns nothing. */
  readonly fitted: readonly (Learnt | null)[];
}

const fileIn = (folder: string) => join(folder, 'preprocess.json');

export async function readFitted(folder: string): Promise<Fitted | undefined> {
  if (!existsSync(fileIn(folder))) return undefined;
  const value = await readJson(fileIn(folder));
  if (typeof value !== 'object' || value === null || !('key' in value) || !('fitted' in value)) return undefined;
  const { key, fitted } = value;
  return typeof key === 'string' && Array.isArray(fitted) ? { key, fitted } : undefined;
}

export async function writeFitted(folder: string, value: Fitted): Promise<void> {
  await writeJson(fileIn(folder), { spikedesk: 1, ...value });
}

/** What each step of `spec` learnt, source first. */
export function learntOf(spec: RecordingSpec): (Learnt | null)[] {
  return chain(spec)
    .filter(isStep)
    .map((step) => step.fitted ?? null);
}

/** `spec` with what its steps learnt. */
export function withLearnt(spec: RecordingSpec, learnt: readonly (Learnt | null)[]): RecordingSpec {
  if (!isStep(spec)) return spec;
  const own = learnt.at(-1);
  const parent = withLearnt(spec.parent, learnt.slice(0, -1));
  return own ? { ...spec, parent, fitted: own } : { ...spec, parent };
}
