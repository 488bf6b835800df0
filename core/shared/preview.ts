import type { ChannelOrder, TraceTile } from './api.ts';
import type { Json } from './json.ts';
import type { ChannelLayout } from './probe.ts';
import type { ChannelId } from './recording.ts';
import type { Session } from './session.ts';

/**
 * A look at a stretch of the recording after steps that may not be in the session: a parameter that is being dragged.
 * Times are from the segment's start, s: a step may change the sampling rate. At most PREVIEW_S seconds are read.
 */
export interface PreviewArgs {
  /** Those that are on are applied, in order; none: the recording as it is. */
  readonly steps: Session['preprocess'];
  readonly segment: number;
  readonly startS: number;
  readonly endS: number;
  readonly order: ChannelOrder;
  /** Tiles are wanted too, counted from the stretch's first frame; else the figures alone. */
  readonly tiles: boolean;
  /** Whose spectrum is wanted too. */
  readonly channelId?: ChannelId;
}

/** Longest stretch of a preview, s. */
export const PREVIEW_S = 1;

/** What a stretch looks like after some steps. Channels are those of the chain there: steps may take some away. */
export interface ChainLook {
  readonly unit: TraceTile['unit'];
  /** Of the tiles. */
  readonly framesAColumn: number;
  readonly samplingFrequency: number;
  readonly startFrame: number;
  readonly endFrame: number;
  readonly channelIds: readonly ChannelId[];
  readonly layout?: ChannelLayout;
  /** Standard deviation of each channel, in `unit`. [channels] */
  readonly rms: Float64Array;
  /** How often each channel falls below its median less `crossingsAt` times its noise (MAD). [channels] */
  readonly crossings: Int32Array;
  readonly crossingsAt: number;
  /** Welch's estimate, Hann windows; left out where the stretch is too short. */
  readonly spectrum?: {
    readonly binHz: number;
    /** unit²/Hz at 0, binHz, 2 binHz …, mean over `channels` channels evenly chosen. */
    readonly density: Float32Array;
    readonly channels: number;
    /** Of the channel asked for. */
    readonly own?: Float32Array;
  };
}

/** Steps that are often used together. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly steps: readonly { readonly step: string; readonly params: Readonly<Record<string, Json>> }[];
}
