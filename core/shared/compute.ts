import type { Progress } from './progress.ts';
import type { Recording, RecordingInfo, RecordingSpec } from './recording.ts';

/** A stretch of traces handed to a collector. */
export interface Block {
  readonly segment: number;
  /** First frame that belongs to the block. */
  readonly startFrame: number;
  readonly frames: number;
  readonly channels: number;
  /** Margin frames before (and as many after) in `data`; beyond the recording's borders they are zeros. */
  readonly margin: number;
  /** [margin + frames + margin][channels] */
  readonly data: Float32Array;
}

/** Gathers something from each block of one pass over a recording, inside a worker. */
export interface Collector {
  collect(block: Block): void | Promise<void>;
  /** What this worker gathered, as plain data (buffers marked by withTransfer are moved, not copied). */
  part(): unknown;
}

export type MakeCollector<Args> = (args: Args, recording: Recording) => Collector | Promise<Collector>;

export interface CollectorSpec {
  /** Its key in core/compute/collectors.ts. */
  readonly name: string;
  readonly args: unknown;
}

export interface PassArgs {
  readonly recording: RecordingSpec;
  readonly info: RecordingInfo;
  readonly collectors: readonly CollectorSpec[];
  /** Largest margin any collector wants, frames. */
  readonly margin: number;
  /** What the progress bar says. */
  readonly stage: string;
  readonly blockSeconds?: number;
  /** Read these blocks only, in order of time; absent: everything. */
  readonly blocks?: readonly { readonly segment: number; readonly startFrame: number; readonly endFrame: number }[];
}

export interface RunOptions<Item> {
  readonly signal?: AbortSignal;
  readonly onItem?: (item: Item) => void;
  /** Visible jobs run before background ones. */
  readonly queue?: 'visible' | 'background';
  /** A new job of the same slot cancels the one before. */
  readonly slot?: string;
  /** Run on this worker (0 ≤ worker < size): for state kept there between calls. */
  readonly worker?: number;
  /** Run on one of the last so many workers: each keeps what it has read, and more of them would fill the memory. */
  readonly amongLast?: number;
  readonly transfer?: readonly ArrayBuffer[];
}

/** The workers, as the rest of core sees them. */
export interface Compute {
  /** Number of workers. */
  readonly size: number;
  /** Run a job of core/compute/jobs.ts by name. Prefer the typed Pool where it can be imported. */
  run<Args, Item, Result>(job: string, args: Args, options?: RunOptions<Item>): Promise<Result>;
  /**
   * One streaming read of the recording for all collectors together. Each worker has one contiguous stretch of
   * time, so the result does not depend on scheduling. Returns parts[collector][stretch], stretches in time order.
   */
  pass(args: PassArgs, signal: AbortSignal): AsyncGenerator<Progress, readonly (readonly unknown[])[]>;
}
