import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stretches } from '../compute/blocks.ts';
import { relay } from '../compute/relay.ts';
import { secondsLeftOf } from '../pipeline/secondsLeft.ts';
import type { SavedRecording } from '../shared/api.ts';
import type { Compute } from '../shared/compute.ts';
import { parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Progress } from '../shared/progress.ts';
import { type RecordingInfo, type RecordingSpec, sampleArrays } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { commitBuilt } from '../store/folder.ts';
import { hashJson } from '../store/hash.ts';
import { readJson, writeJson } from '../store/json.ts';
import { makeLastingFolder } from '../store/lastingFolder.ts';
import { acquireLock } from '../store/lock.ts';
import { removeUnfinished } from '../store/siblings.ts';
import { recordingDict } from '../store/siRecordingDict.ts';
import { type ChunkParams, chunkFrames, chunksOf, workersOf } from './chunks.ts';
import { markSaved, readSaved, type Saved } from './saved.ts';
import type { Done, SaveChunksArgs } from './saveJob.ts';
import { SaveLog } from './saveLog.ts';
import type { Piece, Saver } from './saver.ts';
import { storedType } from './storedSamples.ts';

export interface SaveArgs {
  readonly saver: Saver;
  readonly params: Readonly<Record<string, unknown>>;
  /** `suffix` is added if it is missing. */
  readonly target: string;
  /** What the traces are computed from, hashed. */
  readonly recipeKey: string;
  readonly recipe: Json;
  /** The recipe in a line. */
  readonly recipeDetail: string;
  /** Lets the steps learn what they have not yet. */
  learn(signal: AbortSignal): Promise<RecordingSpec>;
  infoOf(spec: RecordingSpec): Promise<RecordingInfo>;
  /** UserError if the source is not what it was at the beginning. */
  checkSource(): Promise<void>;
  readonly compute: Compute;
  readonly version: string;
}

export type SaveProgress = Progress & { readonly secondsLeft?: number };

/**
 * Saves a recording so that `target` is there whole or not at all. What a cancelled or killed save has done lies hidden
 * beside it, and the next save of the same recipe goes on there, to the same bytes.
 */
export async function* save(args: SaveArgs, signal: AbortSignal): AsyncGenerator<SaveProgress, SavedRecording> {
  const { saver, compute } = args;
  const { suffix = '' } = saver;
  const target = args.target.endsWith(suffix) ? args.target : args.target + suffix;
  const params = parseParams(saver, 'save', args.params) as ChunkParams & Readonly<Record<string, Json>>;
  const workers = workersOf(params.n_jobs, compute.size);
  const { n_jobs: _, ...identity } = params;
  const key = hashJson({ saver: saver.name, params: identity, recipe: args.recipeKey });
  const work = join(dirname(target), `.${basename(target)}.saving`);
  const there = await readSaved(target);
  if (there && there.key !== key)
    throw new UserError(`${target} was saved by another recipe (${there.detail})`, {
      path: target,
      hint: 'Choose another folder, or remove this one first. Nothing in it was touched.',
    });
  if (there) {
    rmSync(work, { recursive: true, force: true });
    return result(there, target, true);
  }
  makeLastingFolder(dirname(target));
  mkdirSync(work, { recursive: true });
  const lock = await acquireLock(join(work, 'lock'), `the save of ${target}`);
  try {
    const folder = join(work, 'folder');
    const spec = await begun(args, work, key, signal);
    const info = await args.infoOf(spec);
    const frames = chunkFrames(info, params);
    await saver.begin(folder, info, params, frames);
    const log = new SaveLog(join(work, 'done.jsonl'));
    yield { stage: 'looking at what is done', done: 0, of: 1 };
    const done = log.readIntact(folder);
    const chunks = chunksOf(info, frames);
    const missing = chunks.filter(({ index }) => !done.has(index));
    checkSpace(target, saver.bytes?.(info), done);
    const before = (chunks.length - missing.length) / chunks.length;
    const total = info.numFrames.reduce((sum, n) => sum + n, 0) / info.samplingFrequency;
    const secondsLeft = secondsLeftOf();
    const job = { recording: spec, saver: saver.name, params, folder, frames };
    const finished = written(job, stretches(missing, workers), compute, signal);
    yield { stage: 'saving', done: before * total, of: total, unit: 's of recording' };
    for await (const next of finished) {
      if (next === 'full') throw full(target, saver.bytes?.(info), done, chunks.length);
      log.add(next);
      done.set(next.index, next.pieces);
      const progress = {
        stage: 'saving',
        done: (done.size / chunks.length) * total,
        of: total,
        unit: 's of recording',
      };
      const left = secondsLeft(progress);
      yield { ...progress, ...(left !== undefined && { secondsLeft: left }) };
    }
    yield { stage: 'making sure it lasts', done: 0, of: 1 };
    await args.checkSource();
    removeUnfinished(folder);
    await saver.describe(folder, { info, provenance: recordingDict(spec, info, target) ?? null }, params);
    const marking = {
      key,
      saver: saver.name,
      detail: args.recipeDetail,
      version: args.version,
      recipe: args.recipe,
      rawBytes: rawBytes(info),
    };
    const saved = await markSaved(
      folder,
      marking,
      chunks.flatMap(({ index }) => done.get(index) ?? []),
    );
    commitBuilt(folder, target);
    return result(saved, target, false);
  } finally {
    await lock.release();
    if (existsSync(target)) rmSync(work, { recursive: true, force: true });
  }
}

function result({ saver, files, bytes, rawBytes }: Saved, folder: string, reused: boolean): SavedRecording {
  return { folder, saver, files, bytes, rawBytes, reused };
}

const plan = z.object({ key: z.string(), spec: z.json() });

/** The chain with what it learnt: as the save that is gone on with had it. What lies there of another recipe goes. */
async function begun(args: SaveArgs, work: string, key: string, signal: AbortSignal): Promise<RecordingSpec> {
  const file = join(work, 'plan.json');
  if (existsSync(file)) {
    const known = plan.safeParse(await readJson(file));
    if (known.success && known.data.key === key) return known.data.spec as unknown as RecordingSpec;
    for (const name of ['plan.json', 'done.jsonl', 'folder'])
      rmSync(join(work, name), { recursive: true, force: true });
  }
  const spec = await args.learn(signal);
  mkdirSync(join(work, 'folder'), { recursive: true });
  await writeJson(file, { key, spec });
  return spec;
}

/** Chunks as the workers finish them; 'full' when the disk is. */
async function* written(
  job: Omit<SaveChunksArgs, 'chunks'>,
  parts: readonly SaveChunksArgs['chunks'][],
  compute: Compute,
  signal: AbortSignal,
): AsyncGenerator<Done | 'full', void> {
  const done = relay<Done | 'full'>();
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  const all = Promise.all(
    parts.map(async (chunks, worker) => {
      try {
        const end = await compute.run<SaveChunksArgs, Done, 'done' | 'full'>(
          'saveChunks',
          { ...job, chunks },
          { signal: either, onItem: done.push, worker },
        );
        if (end === 'full') done.push(end);
      } catch (error) {
        stopped.abort(error);
        throw error;
      }
    }),
  );
  all.then(done.end, done.fail);
  try {
    yield* done.values();
  } finally {
    stopped.abort();
    await all.catch(() => undefined); // nobody writes there any more
  }
}

function rawBytes({ numFrames, channelIds, dtype }: RecordingInfo): number {
  const bytes = sampleArrays[storedType(dtype)].BYTES_PER_ELEMENT;
  return numFrames.reduce((sum, frames) => sum + frames * channelIds.length * bytes, 0);
}

const sizeOf = (bytes: number) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

const free = (target: string) => {
  const { bavail, bsize } = statfsSync(dirname(target));
  return bavail * bsize;
};

const bytesOf = (done: ReadonlyMap<number, readonly Piece[]>) =>
  [...done.values()].flat().reduce((sum, piece) => sum + piece.bytes, 0);

function checkSpace(target: string, needed: number | undefined, done: ReadonlyMap<number, readonly Piece[]>): void {
  if (needed === undefined) return;
  const [missing, there] = [needed - bytesOf(done), free(target)];
  if (missing <= there) return;
  throw new UserError(`${target} needs ${sizeOf(missing)}, and ${sizeOf(there)} are free on that disk`, {
    path: target,
    hint: 'Free some space, choose another disk, or save as zarr, which is smaller.',
  });
}

function full(
  target: string,
  needed: number | undefined,
  done: ReadonlyMap<number, readonly Piece[]>,
  chunks: number,
): UserError {
  const written = bytesOf(done);
  // What is compressed takes as much for the rest as it took so far.
  const missing = (needed ?? (written / Math.max(1, done.size)) * chunks) - written;
  return new UserError(
    `the disk is full: ${target} needs about ${sizeOf(missing)} more, ${sizeOf(free(target))} are free`,
    {
      path: target,
      hint: 'Free some space and save again: it goes on where it stopped. Nothing lies under that name yet.',
    },
  );
}
