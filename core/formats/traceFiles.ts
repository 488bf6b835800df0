import { UserError } from '../shared/errors.ts';
import { type ChannelId, type DType, sampleArrays } from '../shared/recording.ts';
import { type ByteSource, openFile, PIECE } from '../store/byteSource.ts';
import { checkSamples } from './checkSamples.ts';

/** How frames lie in the files of a recording: frame-major, one file a segment. */
export interface TraceLayout {
  readonly dtype: DType;
  readonly bigEndian?: boolean;
  /** Channels of the file. */
  readonly fileChannels: number;
  /** Which of them are read, in this order; absent: all. */
  readonly channels?: readonly number[];
  readonly channelIds: readonly ChannelId[];
  readonly segments: readonly TraceFile[];
}

export interface TraceFile {
  readonly path: string;
  /** Bytes before the first frame. */
  readonly offset: number;
  readonly frames: number;
}

export interface TraceReader {
  /** Frames [startFrame, endFrame) as float32, NaN and infinities refused. */
  read(segment: number, startFrame: number, endFrame: number): Promise<Float32Array>;
  close(): void;
}

type TraceArray = InstanceType<(typeof sampleArrays)[DType]>;

export function bytesOf(dtype: DType): number {
  return sampleArrays[dtype].BYTES_PER_ELEMENT;
}

/** Frames in `path`. UserError if it holds no whole number of frames, or none. */
export function traceFile(path: string, offset: number, fileChannels: number, dtype: DType): TraceFile {
  const source = openFile(path);
  const bytes = source.size - offset;
  source.close();
  const frameBytes = fileChannels * bytesOf(dtype);
  if (bytes < 0)
    throw new UserError(`${path} has ${source.size} bytes, fewer than the offset ${offset}`, {
      path,
      hint: 'Check the file offset.',
    });
  const frames = bytes / frameBytes;
  if (!Number.isInteger(frames))
    throw new UserError(
      `${path}: ${bytes} bytes are not a multiple of ${fileChannels} channels of ${dtype} (${frameBytes} bytes a frame)`,
      { path, hint: 'Check the number of channels, the dtype and the offset. Was the file cut?' },
    );
  if (frames === 0) throw new UserError(`${path} holds no samples`, { path, hint: 'Is it the right file?' });
  return { path, offset, frames };
}

/** Reads frames of `layout`. Files are opened read-only at the first read and kept until close(). */
export function openTraces(layout: TraceLayout): TraceReader {
  const { dtype, fileChannels, channelIds, segments } = layout;
  const channels = layout.channels?.length ?? fileChannels;
  const select = layout.channels;
  const frameBytes = fileChannels * bytesOf(dtype);
  const framesAtOnce = Math.max(1, Math.floor(PIECE / frameBytes));
  const sources: (ByteSource | undefined)[] = segments.map(() => undefined);
  let piece: TraceArray | undefined;

  const fill = (out: Float32Array, segment: number, startFrame: number, endFrame: number): TraceFile => {
    const file = segments[segment];
    if (!file || !(startFrame >= 0 && endFrame >= startFrame && endFrame <= file.frames))
      throw new RangeError(`frames ${startFrame} to ${endFrame} of segment ${segment} (${file?.frames ?? 0} frames)`);
    let source = sources[segment];
    if (!source) {
      source = openFile(file.path);
      sources[segment] = source;
    }
    // What needs no conversion is read in place.
    const direct = !select && dtype === 'float32' && !layout.bigEndian;
    for (let frame = startFrame; frame < endFrame; frame += framesAtOnce) {
      const frames = Math.min(framesAtOnce, endFrame - frame);
      const at = (frame - startFrame) * channels;
      const position = file.offset + frame * frameBytes;
      if (direct) {
        const part = out.subarray(at, at + frames * channels);
        source.read(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), position);
        continue;
      }
      if (!piece || piece.length < frames * fileChannels) piece = new sampleArrays[dtype](frames * fileChannels);
      const bytes = new Uint8Array(piece.buffer, 0, frames * frameBytes);
      source.read(bytes, position);
      if (layout.bigEndian) swapBytes(bytes, bytesOf(dtype));
      if (select) pick(piece, fileChannels, select, out, at, frames);
      else out.set(piece.subarray(0, frames * channels), at);
    }
    return file;
  };

  return {
    async read(segment, startFrame, endFrame) {
      const out = new Float32Array(Math.max(0, endFrame - startFrame) * channels);
      const { path } = fill(out, segment, startFrame, endFrame);
      if (dtype === 'float32' || dtype === 'float64') checkSamples(out, { path, startFrame, channelIds });
      return out;
    },
    close() {
      for (const [i, source] of sources.entries()) {
        source?.close();
        sources[i] = undefined;
      }
    },
  };
}

/** Some channels of frames. from: [frames][fileChannels]; out, from `at`: [frames][select] */
function pick(
  from: TraceArray,
  fileChannels: number,
  select: readonly number[],
  out: Float32Array,
  at: number,
  frames: number,
): void {
  const channels = Int32Array.from(select);
  const n = channels.length;
  const contiguous = channels.every((channel, i) => channel === channels[0]! + i);
  let to = at;
  for (let frame = 0; frame < frames; frame++) {
    const row = frame * fileChannels;
    if (contiguous) {
      const first = row + (channels[0] ?? 0);
      for (let c = 0; c < n; c++) out[to++] = from[first + c]!;
    } else for (let c = 0; c < n; c++) out[to++] = from[row + channels[c]!]!;
  }
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else if (size === 8) buffer.swap64();
}
