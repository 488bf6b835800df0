import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Compute } from '../shared/compute.ts';
import { abortError, UserError } from '../shared/errors.ts';
import type { Progress } from '../shared/progress.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { removeFolder } from '../store/folder.ts';
import { siblingName } from '../store/siblings.ts';
import { contentsOf, neededExtension } from './cache.ts';
import type { Contents } from './contents.ts';
import type { CollectorRequest, Params } from './extension.ts';
import type { ExtensionJobArgs } from './extensionJob.ts';
import { dependents, type ExtensionRequest, type PlannedExtension, planExtensions } from './plan.ts';
import { extensionFolder, readStored, readStoredParams, type Stored } from './stored.ts';

export type { ExtensionRequest } from './plan.ts';

/** A folder that SpikeInterface opens too: a sorting, a recording, and what was computed from both. */
export interface Analyzer {
  readonly folder: string;
  readonly contents: Contents;
  /** Everything the extension saved; undefined if it was not computed. Of waveforms, see openWaveforms too. */
  extension(name: string): Promise<Stored | undefined>;
  /** Of those asked for and those they need: the ones that are missing or computed from something else. */
  outOfDate(requests: readonly ExtensionRequest[]): Promise<readonly string[]>;
  /** Compute what outOfDate names. Each is there whole or not at all, so a run that was cut goes on where it stopped. */
  compute(requests: readonly ExtensionRequest[], compute: Compute, signal: AbortSignal): AsyncGenerator<Progress, void>;
}

/** `recording`: where the traces are, for an analyzer that SpikeInterface made or whose files have moved. */
export async function openAnalyzer(
  folder: string,
  options: { readonly recording?: RecordingSpec } = {},
): Promise<Analyzer> {
  const contents = await contentsOf(folder);
  const recording = options.recording ?? contents.recording;
  return {
    folder,
    contents,
    extension: (name) => readStored(extensionFolder(folder, name)),
    async outOfDate(requests) {
      const plan = await planExtensions(contents, requests);
      return plan.filter((one) => !one.fresh).map((one) => one.entry.name);
    },
    async *compute(requests, compute, signal) {
      const plan = await planExtensions(contents, requests);
      yield* run(
        { contents, recording, compute, signal },
        plan.filter((one) => !one.fresh),
      );
    },
  };
}

interface Run {
  readonly contents: Contents;
  readonly recording: RecordingSpec | undefined;
  readonly compute: Compute;
  readonly signal: AbortSignal;
}

/** In rounds: all that can be computed without a pass, then one pass for all that wait for one, and so on. */
async function* run(run: Run, steps: readonly PlannedExtension[]): AsyncGenerator<Progress, void> {
  mkdirSync(join(run.contents.folder, 'extensions'), { recursive: true });
  let left = steps;
  while (left.length > 0) {
    if (run.signal.aborted) throw abortError();
    const waiting = new Set(left.map((step) => step.entry.name));
    const ready = left.filter((step) => !step.dependsOn.some((name) => waiting.has(name)));
    const quick = ready.filter((step) => step.entry.traces !== 'pass');
    const now = quick.length > 0 ? quick : ready;
    const stage = now.map((step) => step.entry.label).join(', ');
    if (now === quick) {
      yield { stage, done: 0, of: 1 };
      await together(run, now);
      yield { stage, done: 1, of: 1 };
    } else yield* inOnePass(run, now, stage);
    left = left.filter((step) => !now.includes(step));
  }
}

/** One fails: the others are cancelled, and waited for. */
async function together(run: Run, steps: readonly PlannedExtension[]): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const all = steps.map(async (step) => {
    try {
      await finish({ ...run, signal }, step, scratchFor(run, step), []);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(all);
  if (failed.signal.aborted) throw failed.signal.reason;
}

async function* inOnePass(run: Run, steps: readonly PlannedExtension[], stage: string): AsyncGenerator<Progress, void> {
  const { contents, compute, signal } = run;
  const scratch = steps.map((step) => scratchFor(run, step));
  try {
    const requests = await Promise.all(steps.map((step, i) => collectorOf(run, step, scratch[i]!)));
    const asked = requests.filter((request) => request !== undefined);
    const parts =
      asked.length === 0
        ? []
        : yield* compute.pass(
            {
              recording: traces(run),
              info: contents.info,
              collectors: asked.map(({ name, args }) => ({ name, args })),
              margin: Math.max(...asked.map((request) => request.margin)),
              stage,
            },
            signal,
          );
    for (const [i, step] of steps.entries()) {
      const at = requests[i] ? asked.indexOf(requests[i]) : -1;
      await finish(run, step, scratch[i]!, parts[at] ?? []);
    }
  } finally {
    for (const path of scratch) rmSync(path, { force: true });
  }
}

async function collectorOf(
  { contents, signal }: Run,
  { entry, params }: PlannedExtension,
  scratch: string,
): Promise<CollectorRequest | undefined> {
  const stored = (name: string) => neededExtension(contents.folder, entry.name, name);
  return entry.collect?.({
    contents,
    params: entry.params.parse(params),
    stored,
    scratch,
    signal,
    breathe: async () => {},
  });
}

function traces({ contents, recording }: Run): RecordingSpec {
  if (recording) return recording;
  throw new UserError(`the analyzer in ${contents.folder} does not tell where its recording is`, {
    path: contents.folder,
    hint: 'Open it from a session that has the recording.',
  });
}

/** The rest of the work and the saving, in a worker. Then what was computed from the old one goes. */
async function finish(run: Run, step: PlannedExtension, scratch: string, parts: readonly unknown[]): Promise<void> {
  const { folder } = run.contents;
  const { entry, params, key } = step;
  const args: ExtensionJobArgs = {
    folder,
    name: entry.name,
    params,
    key,
    scratch,
    parts,
    ...(entry.traces === 'slices' && { recording: traces(run) }),
  };
  await run.compute.run<ExtensionJobArgs, never, void>('computeExtension', args, {
    signal: run.signal,
    transfer: buffersOf(parts),
  });
  const present = new Map<string, Params>();
  for (const name of readdirSync(join(folder, 'extensions'))) {
    const head = await readStoredParams(extensionFolder(folder, name));
    if (head && !name.startsWith('.')) present.set(name, head.params);
  }
  for (const name of dependents([entry.name], present)) removeFolder(extensionFolder(folder, name), folder);
}

function scratchFor({ contents }: Run, { entry }: PlannedExtension): string {
  return siblingName(join(contents.folder, entry.name), 'partial');
}

/** Every buffer in plain data: parts are handed on, not copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) buffersOf(one, found);
  return [...found];
}

/** True if an analyzer lies there. */
export function isAnalyzer(folder: string): boolean {
  return existsSync(join(folder, 'recording_info', 'recording_attributes.json'));
}
