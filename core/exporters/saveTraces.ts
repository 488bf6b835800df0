import { closeSync, ftruncateSync, openSync } from 'node:fs';
import type { Block, Collector, CollectorSpec } from '../shared/compute.ts';
import { type DType, type Recording, type RecordingInfo, sampleArrays } from '../shared/recording.ts';
import { fileError } from '../store/fileError.ts';
import type { NumericArray } from '../store/npy.ts';
import { writeAll } from '../store/writeFile.ts';

interface SaveTracesArgs {
  readonly path: string;
  readonly dtype: DType;
  /** First frame of each segment in the file: segments lie end to end. */
  readonly segmentStart: readonly number[];
}

/** Writes all traces into one flat file, frame by frame: every worker puts its blocks where they belong. */
function saveTraces({ path, dtype, segmentStart }: SaveTracesArgs, _recording: Recording): Collector {
  let file: number | undefined;
  return {
    collect({ segment, startFrame, frames, channels, margin, data }: Block) {
      const own = data.subarray(margin * channels, (margin + frames) * channels);
      const stored = asStored(own, dtype);
      const position = (segmentStart[segment]! + startFrame) * channels * stored.BYTES_PER_ELEMENT;
      try {
        file ??= openSync(path, 'r+');
        writeAll(file, new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), position);
      } catch (error) {
        throw fileError(error, 'write', path);
      }
    },
    part() {
      if (file !== undefined) closeSync(file);
      file = undefined;
      return undefined;
    },
  };
}

/** Make the file at its full size, so that the workers can write anywhere in it, and say how to fill it. */
export function prepareTraces(path: string, dtype: DType, info: RecordingInfo): CollectorSpec {
  const segmentStart: number[] = [];
  let frames = 0;
  for (const n of info.numFrames) {
    segmentStart.push(frames);
    frames += n;
  }
  try {
    const file = openSync(path, 'wx');
    ftruncateSync(file, frames * info.channelIds.length * sampleArrays[dtype].BYTES_PER_ELEMENT);
    closeSync(file);
  } catch (error) {
    throw fileError(error, 'write', path);
  }
  return { name: 'saveTraces', args: { path, dtype, segmentStart } satisfies SaveTracesArgs };
}

/** Values as the file has them: integer types are rounded and kept within their range. */
function asStored(values: Float32Array, dtype: DType): NumericArray {
  if (dtype === 'float32') return values;
  const Typed = sampleArrays[dtype];
  const out = new Typed(values.length);
  const range = RANGES[dtype];
  if (!range) {
    out.set(values);
    return out;
  }
  const [least, most] = range;
  for (let i = 0; i < values.length; i++) out[i] = Math.min(most, Math.max(least, Math.round(values[i]!)));
  return out;
}

const RANGES: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
};

export const exporterCollectors = { saveTraces };
