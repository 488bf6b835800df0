import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { abortError } from '../shared/errors.ts';
import { recordingProbeJson } from '../shared/probeJsonWrite.ts';
import type { Progress } from '../shared/progress.ts';
import type { DType, Recording, RecordingInfo } from '../shared/recording.ts';
import { fileError } from './fileError.ts';
import { writeJson } from './json.ts';
import { encodeValues } from './npyEncode.ts';
import { npyType } from './npyType.ts';
import { recordingProperties, siClass, writeSiProperties } from './siProperties.ts';
import { writeAll } from './writeFile.ts';

export { recordingDict } from './siRecordingDict.ts';

export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly blockSeconds?: number;
}

/** NumPy's name of a type of ours. Samples are read as float32, so a float64 recording is written as that. */
function siDtype(dtype: DType): string {
  const name = dtype === 'float64' ? 'float32' : dtype;
  const [, word = '', bits = ''] = /^([a-z]+)(\d+)$/.exec(name) ?? [];
  return `${bits === '8' ? '|' : '<'}${word[0]}${Number(bits) / 8}`;
}

/**
 * Write a recording as SpikeInterface's binary folder into `folder` (made if need be; one that is not committed yet).
 * Loads in 0.105 and 0.101: probe.json lies beside probegroup.json.
 */
export async function writeSiRecording(
  folder: string,
  recording: Recording,
  options: WriteOptions = {},
): Promise<void> {
  const { info } = recording;
  mkdirSync(folder, { recursive: true });
  const total = info.numFrames.reduce((sum, frames) => sum + frames, 0) / info.samplingFrequency;
  let before = 0;
  for (const [segment, frames] of info.numFrames.entries()) {
    await writeTraces(join(folder, `traces_cached_seg${segment}.raw`), recording, segment, {
      ...options,
      onProgress: ({ done }) =>
        options.onProgress?.({ stage: 'saving traces', done: before + done, of: total, unit: 's of recording' }),
    });
    before += frames / info.samplingFrequency;
  }
  await writeDescription(folder, info);
}

/** One segment frame after frame, in the recording's own type: integers rounded, what is beyond their range clipped. */
async function writeTraces(
  path: string,
  recording: Recording,
  segment: number,
  options: WriteOptions = {},
): Promise<void> {
  const { info } = recording;
  const { signal, onProgress, blockSeconds = 1 } = options;
  const dtype = siDtype(info.dtype);
  const frames = info.numFrames[segment] ?? 0;
  const step = Math.max(1, Math.round(blockSeconds * info.samplingFrequency));
  try {
    const file = openSync(path, 'wx');
    try {
      for (let start = 0; start < frames; start += step) {
        if (signal?.aborted) throw abortError();
        const end = Math.min(frames, start + step);
        const block = await recording.read(segment, start, end);
        writeAll(file, encodeSamples(block, dtype));
        onProgress?.({
          stage: 'saving traces',
          done: end / info.samplingFrequency,
          of: frames / info.samplingFrequency,
        });
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

/** Works in `block`. */
function encodeSamples(block: Float32Array, dtype: string): Uint8Array {
  const type = npyType(dtype, 'traces');
  if (type.kind !== 'f') {
    const bits = 8 * type.size;
    const low = type.kind === 'i' ? -(2 ** (bits - 1)) : 0;
    const high = type.kind === 'i' ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
    // The largest 32-bit integers have no float32: the next one below does.
    const top = bits === 32 ? high - 127 - (type.kind === 'u' ? 128 : 0) : high;
    for (let i = 0; i < block.length; i++) block[i] = Math.min(top, Math.max(low, Math.round(block[i]!)));
  }
  return encodeValues(type.kind === 'i' && type.size === 2 ? Int16Array.from(block) : block, type);
}

/** All of a binary folder but the traces. */
export async function writeDescription(folder: string, info: RecordingInfo): Promise<void> {
  const channels = info.channelIds.length;
  const { gainToUv, offsetToUv } = info;
  const annotations = { ...info.annotations, is_filtered: info.isFiltered };
  await writeJson(join(folder, 'binary.json'), {
    ...siClass('core.binaryrecordingextractor.BinaryRecordingExtractor'),
    // file_timestamps_paths is left out: 0.101 does not know it.
    kwargs: {
      file_paths: info.numFrames.map((_, segment) => `traces_cached_seg${segment}.raw`),
      sampling_frequency: info.samplingFrequency,
      t_starts: info.tStart.some((start) => start !== 0) ? info.tStart : null,
      num_channels: channels,
      dtype: siDtype(info.dtype),
      channel_ids: info.channelIds,
      time_axis: 0,
      file_offset: 0,
      gain_to_uV: gainToUv ?? null,
      offset_to_uV: offsetToUv ?? null,
      is_filtered: info.isFiltered,
    },
    annotations: { is_filtered: info.isFiltered },
    properties: {},
    relative_paths: true,
  });
  await writeSiProperties(folder, recordingProperties(info));
  const probe = info.probe && recordingProbeJson(info.probe, channels);
  if (probe) {
    await writeJson(join(folder, 'probegroup.json'), probe);
    await writeJson(join(folder, 'probe.json'), probe);
  }
  await writeJson(join(folder, 'annotations.json'), annotations);
  await writeJson(join(folder, 'si_folder.json'), {
    ...siClass('core.binaryfolder.BinaryFolderRecording'),
    kwargs: { folder_path: '.' },
    annotations,
    properties: {},
    relative_paths: true,
  });
}
