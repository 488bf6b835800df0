import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type RecordingInfo, sampleArrays } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { describeZarr } from '../store/siZarrRecording.ts';
import { writeZarrHeader } from '../store/zarrArray.ts';
import { type ZarrPacking, zarrCodec } from '../store/zarrCodec.ts';
import { jobParams } from './chunks.ts';
import type { Saver } from './saver.ts';
import { numpyType, storedSamples, storedType } from './storedSamples.ts';

const params = z.object({
  cname: z
    .enum(['zstd', 'lz4', 'lz4hc', 'zlib', 'blosclz'])
    .default('zstd')
    .describe('How samples are packed (Blosc). zstd: small, the usual choice. lz4: faster, larger.')
    .meta({ title: 'Compressor' }),
  clevel: z
    .int()
    .min(1)
    .max(9)
    .default(5)
    .describe('How hard it tries. 5 is usual; 9 gains a few percent and takes many times longer.')
    .meta({ title: 'Level' }),
  shuffle: z
    .enum(['bitshuffle', 'shuffle', 'noshuffle'])
    .default('bitshuffle')
    .describe('Whether bits or bytes of equal weight are put together first. bitshuffle suits recordings best.')
    .meta({ title: 'Shuffle' }),
  delta: z
    .boolean()
    .default(false)
    .describe('Keep differences between samples that follow each other in the file instead of the samples.')
    .meta({ title: 'Delta filter', advanced: true }),
  channel_chunk_size: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Channels of a chunk. Empty: all; fewer where single channels will be read.')
    .meta({ title: 'Chunk', unit: 'channels', advanced: true }),
  ...jobParams,
});
type Params = z.output<typeof params>;

const arrayOf = (segment: number) => `traces_seg${segment}`;

const SHUFFLES = { noshuffle: 0, shuffle: 1, bitshuffle: 2 };

function packing({ cname, clevel, shuffle, delta }: Params, info: RecordingInfo): ZarrPacking {
  const dtype = numpyType(info.dtype);
  return {
    compressor: { id: 'blosc', cname, clevel, shuffle: SHUFFLES[shuffle], blocksize: 0 },
    filters: delta ? [{ id: 'delta', dtype, astype: dtype }] : null,
  };
}

/** SpikeInterface's zarr folder (version 2). */
export const zarr: Saver<typeof params> = {
  name: 'zarr',
  label: 'SpikeInterface zarr folder',
  help: 'Samples compressed without loss, a file a chunk: half to a third of the size. SpikeInterface loads it as it loads a binary folder.',
  params,
  suffix: '.zarr',

  async begin(folder, info, params, frames) {
    for (const [segment, total] of info.numFrames.entries()) {
      const path = join(folder, arrayOf(segment));
      if (existsSync(join(path, '.zarray'))) continue;
      const channels = info.channelIds.length;
      await writeZarrHeader(path, {
        shape: [total, channels],
        chunks: [frames, Math.min(channels, params.channel_chunk_size ?? channels)],
        dtype: numpyType(info.dtype),
        ...packing(params, info),
      });
    }
  },

  async writer(folder, info, params, frames) {
    const channels = info.channelIds.length;
    const width = Math.min(channels, params.channel_chunk_size ?? channels);
    const codec = await zarrCodec(packing(params, info), folder);
    return {
      async write({ segment, row, startFrame, endFrame }, traces) {
        const stored = storedSamples(traces, info.dtype);
        const pieces = [];
        for (let column = 0; column * width < channels; column++) {
          const whole = width === channels && endFrame - startFrame === frames;
          const chunk = whole ? stored : padded(stored, endFrame - startFrame, channels, column * width, width, frames);
          const bytes = await codec.encode(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
          const file = `${arrayOf(segment)}/${row}.${column}`;
          writeFileSync(join(folder, file), bytes);
          pieces.push({ file, position: 0, bytes: bytes.byteLength, crc: crc32(bytes) });
        }
        return pieces;
      },
      close() {},
    };

    /** Columns of the block in a chunk of full size; what lies beyond the array is 0. */
    function padded(
      values: ReturnType<typeof storedSamples>,
      rows: number,
      columns: number,
      first: number,
      width: number,
      fullRows: number,
    ) {
      const out = new sampleArrays[storedType(info.dtype)](fullRows * width);
      const count = Math.min(width, columns - first);
      for (let f = 0; f < rows; f++)
        for (let c = 0; c < count; c++) out[f * width + c] = values[f * columns + first + c]!;
      return out;
    }
  },

  describe: (folder, { info, provenance }) => describeZarr(folder, info, provenance),
};
