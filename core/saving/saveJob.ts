import { breathe } from '../compute/breathe.ts';
import { open } from '../open.ts';
import { findEntry, parseParams } from '../shared/entry.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { fileError } from '../store/fileError.ts';
import { savers } from './index.ts';
import type { Chunk, Piece } from './saver.ts';

export interface SaveChunksArgs {
  readonly recording: RecordingSpec;
  readonly saver: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly folder: string;
  /** Frames of a whole chunk. */
  readonly frames: number;
  readonly chunks: readonly Chunk[];
}

/** A chunk that is written. */
export interface Done {
  readonly index: number;
  readonly pieces: readonly Piece[];
}

/** One worker's share of a save. Ends with 'full' when the disk is. */
async function* saveChunks(args: SaveChunksArgs, signal: AbortSignal): AsyncGenerator<Done, 'done' | 'full'> {
  const saver = findEntry(savers, 'way to save', args.saver);
  const params = parseParams(saver, 'save', args.params);
  const recording = await open(args.recording);
  const writer = await saver.writer(args.folder, recording.info, params, args.frames);
  try {
    for (const chunk of args.chunks) {
      await breathe(signal);
      const traces = await recording.read(chunk.segment, chunk.startFrame, chunk.endFrame);
      yield { index: chunk.index, pieces: await writer.write(chunk, traces) };
    }
    return 'done';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
    throw fileError(error, 'write', args.folder);
  } finally {
    writer.close();
    recording.close();
  }
}

export const saveJobs = { saveChunks };
