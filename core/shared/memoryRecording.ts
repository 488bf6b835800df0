import type { Recording, RecordingInfo } from './recording.ts';

/** A recording of numbers at hand, for tests and small tools. segments: [frames][channels] each; float32, 30 kHz. */
export function memoryRecording(
  segments: readonly Float32Array[],
  info: Partial<RecordingInfo> & Pick<RecordingInfo, 'channelIds'>,
): Recording {
  const channels = info.channelIds.length;
  const numFrames = segments.map((traces) => traces.length / channels);
  return {
    info: {
      samplingFrequency: 30_000,
      numFrames,
      tStart: segments.map(() => 0),
      dtype: 'float32',
      isFiltered: false,
      properties: {},
      annotations: {},
      ...info,
    },
    async read(segment, startFrame, endFrame) {
      const frames = numFrames[segment] ?? 0;
      if (!(startFrame >= 0 && startFrame <= endFrame && endFrame <= frames))
        throw new RangeError(`frames ${startFrame} to ${endFrame} of ${frames}`);
      return segments[segment]?.slice(startFrame * channels, endFrame * channels) ?? new Float32Array();
    },
    close() {},
  };
}
