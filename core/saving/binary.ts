import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type RecordingInfo, sampleArrays } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { fileError } from '../store/fileError.ts';
import { writeJson } from '../store/json.ts';
import { writeDescription } from '../store/siRecording.ts';
import { writeAll } from '../store/writeFile.ts';
import { jobParams } from './chunks.ts';
import type { Saver } from './saver.ts';
import { storedSamples, storedType } from './storedSamples.ts';

const params = z.object({ ...jobParams });

const fileOf = (segment: number) => `traces_cached_seg${segment}.raw`;

const frameBytes = ({ dtype, channelIds }: RecordingInfo) =>
  channelIds.length * sampleArrays[storedType(dtype)].BYTES_PER_ELEMENT;

/** SpikeInterface's binary folder. */
export const binary: Saver<typeof params> = {
  name: 'binary',
  label: 'SpikeInterface binary folder',
  help: 'Samples as they are, one flat file a segment: the fastest to write and read, the largest on the disk. SpikeInterface loads it; other programs read the .raw files.',
  params,

  async begin(folder, info) {
    info.numFrames.forEach((frames, segment) => {
      const path = join(folder, fileOf(segment));
      try {
        const file = openSync(path, 'a');
        ftruncateSync(file, frames * frameBytes(info));
        closeSync(file);
      } catch (error) {
        throw fileError(error, 'write', path);
      }
    });
  },

  async writer(folder, info) {
    const files = new Map<number, number>();
    return {
      async write({ segment, startFrame }, traces) {
        const stored = storedSamples(traces, info.dtype);
        const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
        const file = files.get(segment) ?? openSync(join(folder, fileOf(segment)), 'r+');
        files.set(segment, file);
        const position = startFrame * frameBytes(info);
        writeAll(file, bytes, position);
        return [{ file: fileOf(segment), position, bytes: bytes.byteLength, crc: crc32(bytes) }];
      },
      close() {
        for (const file of files.values()) closeSync(file);
        files.clear();
      },
    };
  },

  async describe(folder, { info, provenance }) {
    await writeDescription(folder, info);
    if (provenance !== null) await writeJson(join(folder, 'provenance.json'), provenance);
  },

  bytes: (info) => info.numFrames.reduce((sum, frames) => sum + frames * frameBytes(info), 0),
};
