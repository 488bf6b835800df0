import { UserError } from '../shared/errors.ts';
import type { Recording, RecordingInfo } from '../shared/recording.ts';

/** Frames of the only segment. UserError if there are more, as in SpikeInterface. */
export function oneSegment(step: string, { numFrames }: RecordingInfo): number {
  if (numFrames.length !== 1)
    throw new UserError(`step "${step}": the recording has ${numFrames.length} segments, it can cut one`, {
      hint: 'Choose one with select_segments first, or join them with concatenate_recordings.',
    });
  return numFrames[0] ?? 0;
}

/** The stretch [start, end) of the only segment; its times go on as in the whole. */
export function sliced(parent: RecordingInfo, [start, end]: readonly [number, number]): RecordingInfo {
  return {
    ...parent,
    numFrames: [end - start],
    tStart: [(parent.tStart[0] ?? 0) + start / parent.samplingFrequency],
  };
}

export function readSlice(
  parent: Recording,
  [start]: readonly [number, number],
  segment: number,
  startFrame: number,
  endFrame: number,
): Promise<Float32Array> {
  return parent.read(segment, start + startFrame, start + endFrame);
}
