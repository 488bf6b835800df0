import type { Recording } from '../shared/recording.ts';
import { totalSeconds } from '../shared/recording.ts';
import { columnsProbe } from './columnsProbe.ts';
import { type GroundTruth, groundTruth } from './groundTruth.ts';

export interface ToyOptions {
  readonly channels: number;
  readonly units: number;
  /** Of each segment. */
  readonly seconds: number;
  readonly seed: number;
  readonly samplingFrequency: number;
  readonly segments: number;
}

/** A small recording in memory with its true sorting, for tests: few channels, clear units (SNR 8 to 20). */
export function toyRecording(options: Partial<ToyOptions> = {}): GroundTruth {
  const { channels = 4, units = 3, seconds = 10, seed = 0, samplingFrequency = 30_000, segments = 1 } = options;
  const snrs = Array.from({ length: units }, (_, i) => 8 + (12 * (i + 1)) / (units + 1));
  const truth = groundTruth({
    seed,
    samplingFrequency,
    seconds: Array.from({ length: segments }, () => seconds),
    probe: columnsProbe(channels, channels < 4 ? 1 : 2),
    snrs,
    ratesHz: [2, 15],
    hashSnrs: [],
    noiseUv: 7,
    amplitudeJitter: 0.05,
    refractoryMs: 2.5,
    gainUv: 0.195,
  });
  return { ...truth, recording: inMemory(truth.recording) };
}

/** The same recording, each segment made once, when it is first read. */
function inMemory(recording: Recording): Recording {
  const { info } = recording;
  if (totalSeconds(info) * info.samplingFrequency * info.channelIds.length > 1e8)
    throw new RangeError('too long for a toy: use groundTruth');
  const segments = new Map<number, Promise<Float32Array>>();
  return {
    info,
    async read(segment, startFrame, endFrame) {
      const frames = info.numFrames[segment];
      if (frames === undefined || startFrame < 0 || endFrame > frames || startFrame > endFrame)
        throw new RangeError(`frames ${startFrame} to ${endFrame} of segment ${segment}`);
      const traces = segments.get(segment) ?? recording.read(segment, 0, frames);
      segments.set(segment, traces);
      return (await traces).slice(startFrame * info.channelIds.length, endFrame * info.channelIds.length);
    },
    close() {},
  };
}
