import type { Compute } from '../../shared/compute.ts';
import type { RecordingInfo, RecordingSpec } from '../../shared/recording.ts';
import { type Geometry, geometryOf } from './geometry.ts';
import type { MatchOptions } from './match.ts';
import type { MergeOptions } from './merge.ts';
import type { SpikedeskParams } from './params.ts';
import { frames, spikeWindow, type Window } from './window.ts';

/** What every stage needs. */
export interface Setup {
  /** Filtered, whitened, fitted. */
  readonly recording: RecordingSpec;
  readonly info: RecordingInfo;
  readonly params: SpikedeskParams;
  readonly compute: Compute;
  readonly geometry: Geometry;
  readonly window: Window;
  readonly blockSeconds: number;
}

export function setup(recording: RecordingSpec, info: RecordingInfo, params: SpikedeskParams, compute: Compute): Setup {
  // A worker looks for "cancel" between blocks: they are short where channels are many.
  const blockSeconds = Math.min(1, Math.max(0.25, 96 / info.channelIds.length));
  const window = spikeWindow(info.samplingFrequency);
  return { recording, info, params, compute, geometry: geometryOf(info), window, blockSeconds };
}

/** Of several troughs this near in time and place only the deepest is a spike. */
export function detectionSweep({ info }: Setup): number {
  return frames(0.3, info.samplingFrequency);
}

/** Generous: what is joined wrongly is parted again when templates are learnt. noise: variance along a spike's shape. */
export function mergeFirst(at: Setup, noise: number): MergeOptions {
  const mostShift = frames(0.4, at.info.samplingFrequency);
  const distance = at.params.merge_distance;
  return { window: at.window, mostShift, distance, deviations: 8, alike: distance / 2, noise };
}

/** Strict: what is left apart has been seen to be apart. */
export function mergeAgain(at: Setup, noise: number): MergeOptions {
  return { ...mergeFirst(at, noise), distance: at.params.merge_distance / 2, deviations: 5, alike: 0 };
}

export function matchOptions({ params }: Setup): MatchOptions {
  // A look costs little: so spikes that noise makes smaller are found too; the gain decides.
  return { threshold: 0.6 * params.detect_threshold, leastGain: params.match_gain, amplitudes: [0.5, 2] };
}
