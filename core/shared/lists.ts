import type { z } from 'zod';
import type { UnitTable } from './api.ts';
import type { Compute } from './compute.ts';
import type { CuratedUnit } from './curatedUnits.ts';
import type { Entry } from './entry.ts';
import type { Json } from './json.ts';
import type { Progress } from './progress.ts';
import type { DType, Recording, RecordingInfo, RecordingSpec, SourceSpec } from './recording.ts';
import type { Sorting } from './sorting.ts';

/** A recording that a format found at a path. `asks` names the params the file cannot tell: the user is asked once. */
export interface Found {
  readonly label: string;
  readonly spec: SourceSpec;
  readonly asks: readonly string[];
}

/** A recording file format. */
export interface Format<P extends z.ZodObject = z.ZodObject> extends Entry<P> {
  /** What of this format lies at `path` (a file or a folder); [] if nothing. Reads as little as it can, writes nothing. */
  find(path: string): Promise<readonly Found[]>;
  /** UserError with file and cause if it cannot be read. Opens read-only. */
  open(spec: SourceSpec): Promise<Recording>;
  /** The data files behind `spec`, absolute: their size and edges are part of the key of all results. */
  files(spec: SourceSpec): Promise<readonly string[]>;
  /** Params that no file of this format tells: a session must name them. */
  readonly asks?: readonly string[];
  /** The files as plain interleaved samples, where they are: other programs can then read them as they lie. */
  flat?(spec: SourceSpec): Promise<FlatFiles | undefined>;
}

/** Spikes read from a folder, with what else it tells. */
export interface OpenedSorting {
  readonly sorting: Sorting;
  /** Labels and other columns a unit (phy's TSVs, SpikeInterface's properties). */
  readonly columns: Readonly<Record<string, readonly (string | number | undefined)[]>>;
  /** The recording it was sorted from, if the folder says and it exists. */
  readonly recording?: SourceSpec;
  /** What was odd in the folder, in words: each is shown. */
  readonly warnings: readonly string[];
}

/** A format of sortings. */
export interface SortingFormat {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  matches(path: string): Promise<boolean>;
  open(path: string): Promise<OpenedSorting>;
}

/** Random chunks of a recording: rows of [segment, startFrame, endFrame]. */
export type Slices = readonly (readonly [number, number, number])[];

/** A preprocessing step: what it needs around a block, and what it does to one. */
export interface Step<P extends z.ZodObject = z.ZodObject, Prepared = unknown> extends Entry<P> {
  /** SpikeInterface's older spellings. */
  readonly aliases?: readonly string[];
  /**
   * What the recording is after the step (its dtype, channels, annotations). UserError if it cannot be applied. A step
   * whose channels or gains depend on the data says what it can before it has learnt.
   */
  info(parent: RecordingInfo, params: z.output<P>, fitted?: Readonly<Record<string, Json>>): RecordingInfo;
  /** Frames it wants from its parent on each side of a block. */
  margin(parent: RecordingInfo, params: z.output<P>): number;
  /**
   * Steps that learn from the data (whiten): run once by a job, the result is kept in the spec as plain JSON.
   * `slices` replaces the random chunks.
   */
  fit?(
    parent: Recording,
    params: z.output<P>,
    signal: AbortSignal,
    slices?: Slices,
  ): Promise<Readonly<Record<string, Json>>>;
  /** Coefficients and the like: once a worker. */
  prepare(parent: RecordingInfo, params: z.output<P>, fitted: Readonly<Record<string, Json>> | undefined): Prepared;
  /** `data` [frames][channels], margins included; works in place or returns a new array of the same frames. */
  apply(data: Float32Array, frames: number, prepared: Prepared, at: BlockPlace): Float32Array;
  /**
   * Instead of `margin` and `apply`, for steps whose frames are not their parent's (resample, slices of time): the
   * step's own frames [startFrame, endFrame). [frames][channels]
   */
  read?(
    parent: Recording,
    prepared: Prepared,
    segment: number,
    startFrame: number,
    endFrame: number,
  ): Promise<Float32Array>;
}

/** Where the data handed to a step lies in its parent, margins included. */
export interface BlockPlace {
  readonly segment: number;
  readonly startFrame: number;
}

/** A spike sorter. */
export interface Sorter<P extends z.ZodObject = z.ZodObject> extends Entry<P> {
  run(args: SorterArgs<z.output<P>>, signal: AbortSignal): AsyncGenerator<Progress, Sorting>;
}

export interface SorterArgs<Params> {
  /** The preprocessed recording, fitted. */
  readonly recording: RecordingSpec;
  readonly info: RecordingInfo;
  readonly params: Params;
  readonly compute: Compute;
}

/** A way out: writes results as another program reads them. */
export interface Exporter<P extends z.ZodObject = z.ZodObject> extends Entry<P> {
  /** Fills `args.folder`. Returns what the user should know of it, in words. */
  write(args: ExporterArgs<z.output<P>>, signal: AbortSignal): AsyncGenerator<Progress, readonly string[]>;
}

export interface ExporterArgs<Params> {
  /** Empty; renamed to `target` when it is whole. */
  readonly folder: string;
  readonly target: string;
  readonly params: Params;
  /** The preprocessed recording, fitted. Absent where the raw data cannot be read: the analyzer stands alone. */
  readonly recording?: RecordingSpec;
  readonly info: RecordingInfo;
  /** The data files as they are on disk, where they are plain interleaved samples. */
  readonly flat?: FlatFiles;
  /** As sorted. */
  readonly sorting: Sorting;
  /** Units in force after curation, made of those of `sorting`. */
  readonly units: readonly CuratedUnit[];
  /** Metrics of `units`, in their order. */
  readonly table: UnitTable;
  /** SpikeInterface analyzer folder of `recording` and `sorting`. */
  readonly analyzer: string;
  readonly compute: Compute;
  /** Compute the same analyzer for another sorting of the recording, into an empty folder. */
  makeAnalyzer(sorting: Sorting, folder: string, signal: AbortSignal): AsyncGenerator<Progress, void>;
}

export interface FlatFiles {
  /** One a segment. */
  readonly paths: readonly string[];
  readonly dtype: DType;
  /** Bytes before the first sample. */
  readonly offset: number;
  readonly channelsInFile: number;
  /** Column in the file of each channel. */
  readonly columns: readonly number[];
}
