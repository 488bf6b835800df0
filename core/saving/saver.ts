import type { z } from 'zod';
import type { Entry } from '../shared/entry.ts';
import type { Json } from '../shared/json.ts';
import type { RecordingInfo } from '../shared/recording.ts';

/** Frames of one segment that are written, or not written, together. */
export interface Chunk {
  readonly index: number;
  readonly segment: number;
  /** Which of its segment. */
  readonly row: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Bytes that belong to a chunk, where they lie, and their CRC-32: by it they are known again after a break. */
export interface Piece {
  /** Path in the folder, with slashes. */
  readonly file: string;
  readonly position: number;
  readonly bytes: number;
  readonly crc: number;
}

/** Writes chunks, in a worker. */
export interface ChunkWriter {
  /** `traces`: [frames][channels] of the chunk, in the recording's own unit. */
  write(chunk: Chunk, traces: Float32Array): Promise<readonly Piece[]>;
  close(): void;
}

/** What a saved folder tells besides traces. */
export interface Description {
  readonly info: RecordingInfo;
  /** SpikeInterface's dict of the chain, null where it has no class for a step. */
  readonly provenance: Json;
}

/** A way to keep a recording on the disk. */
export interface Saver<P extends z.ZodObject = z.ZodObject> extends Entry<P> {
  /** Makes what has to be there before chunks are written; what is there already stays. */
  begin(folder: string, info: RecordingInfo, params: z.output<P>, frames: number): Promise<void>;
  writer(folder: string, info: RecordingInfo, params: z.output<P>, frames: number): Promise<ChunkWriter>;
  /** All but the traces, when those are whole. */
  describe(folder: string, description: Description, params: z.output<P>): Promise<void>;
  /** What the folder's name has to end with for SpikeInterface to load it. */
  readonly suffix?: string;
  /** Bytes of all traces on the disk, where that can be told before. */
  bytes?(info: RecordingInfo): number;
}
