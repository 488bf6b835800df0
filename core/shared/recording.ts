import type { Json } from './json.ts';
import type { ProbeGroup } from './probe.ts';

export type ChannelId = number | string;

export const dtypes = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as const;
export type DType = (typeof dtypes)[number];

/** The typed array that holds samples of each dtype as they are stored. */
export const sampleArrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** One value a channel, as SpikeInterface's properties/NAME.npy. */
export type Property = readonly number[] | readonly string[] | readonly boolean[];

/** What is known of a recording without reading traces. Plain data: it crosses ports. */
export interface RecordingInfo {
  /** Hz */
  readonly samplingFrequency: number;
  readonly channelIds: readonly ChannelId[];
  /** Frames of each segment. */
  readonly numFrames: readonly number[];
  /** Start of each segment, s. */
  readonly tStart: readonly number[];
  /** The type the samples are stored in (or a step gives): integer recordings hold whole numbers only. */
  readonly dtype: DType;
  /** uV = raw * gainToUv + offsetToUv, a value a channel. Absent: raw units, and everything says so. */
  readonly gainToUv?: readonly number[];
  readonly offsetToUv?: readonly number[];
  readonly isFiltered: boolean;
  /** Contacts wired to channels by device_channel_indices. Absent: ask the user once. */
  readonly probe?: ProbeGroup;
  readonly properties: Readonly<Record<string, Property>>;
  readonly annotations: Readonly<Record<string, Json>>;
}

/** Something that can read a block of traces: a file format, or a step around another Recording. */
export interface Recording {
  readonly info: RecordingInfo;
  /**
   * Traces of frames [startFrame, endFrame) of a segment, in the recording's own units (raw or as the step gives).
   * Frame-major: out[frame * channels + channel]. Fresh each time: the caller may work in it, but not
   * give its buffer away, of which it may be a part.
   * Throws RangeError outside [0, numFrames[segment]].
   */
  read(segment: number, startFrame: number, endFrame: number): Promise<Float32Array>;
  close(): void;
}

/** A recording as plain JSON; any thread opens it with open(spec). Its hash keys what is computed from it. */
export type RecordingSpec = SourceSpec | StepSpec;

export interface SourceSpec {
  readonly format: string;
  /** File or folder; several files are several segments. */
  readonly paths: readonly string[];
  readonly params: Readonly<Record<string, Json>>;
  /** Replaces the format's own probe. */
  readonly probe?: ProbeGroup;
}

export interface StepSpec {
  readonly step: string;
  readonly params: Readonly<Record<string, Json>>;
  readonly parent: RecordingSpec;
  /** What the step learnt from the data (a whitening matrix): made once by a job, not part of the hash. */
  readonly fitted?: Readonly<Record<string, Json>>;
}

export function isStep(spec: RecordingSpec): spec is StepSpec {
  return 'step' in spec;
}

/** The chain from the source to `spec`, source first. */
export function chain(spec: RecordingSpec): RecordingSpec[] {
  return isStep(spec) ? [...chain(spec.parent), spec] : [spec];
}

export function totalSeconds(info: RecordingInfo): number {
  return info.numFrames.reduce((sum, frames) => sum + frames, 0) / info.samplingFrequency;
}
