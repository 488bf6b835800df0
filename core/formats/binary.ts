import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Format } from '../shared/lists.ts';
import { dtypes, type Recording, type RecordingInfo, type SourceSpec } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { isFile } from '../store/pathKind.ts';
import { guessBinary } from './binaryGuess.ts';
import { scaling } from './gains.ts';
import { openTraces, traceFile } from './traceFiles.ts';

const MAX_CHANNELS = 100_000;

const scale = (what: string) =>
  z
    .union([z.number(), z.array(z.number())])
    .nullable()
    .default(null)
    .describe(what);

const params = z.object({
  sampling_frequency: z
    .number()
    .positive()
    .default(30_000)
    .describe('Samples a second of each channel. Usual: 20,000 to 30,000.')
    .meta({ title: 'Sampling rate', unit: 'Hz' }),
  num_channels: z
    .number()
    .int()
    .min(0)
    .max(MAX_CHANNELS)
    .default(1)
    .describe('Channels that take turns in the file, those of a sync or digital line included.')
    .meta({ title: 'Channels' }),
  dtype: z
    .enum(dtypes)
    .default('int16')
    .describe('How one sample is stored. Usual: int16, as amplifiers give.')
    .meta({ title: 'Sample type' }),
  gain_to_uV: scale(
    'µV of one step of the sample value, for all channels or one a channel; null: not known, raw units. Usual: 0.195 (Intan), 2.34 (Neuropixels 1.0).',
  ).meta({ title: 'Gain', unit: 'µV' }),
  offset_to_uV: scale('µV of the sample value 0. Usual: 0; null is 0 too.').meta({
    title: 'Offset',
    unit: 'µV',
    advanced: true,
  }),
  file_offset: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Bytes before the first sample, where the file has a header. Usual: 0.')
    .meta({ title: 'Header to skip', unit: 'bytes', advanced: true }),
  channel_ids: z
    .array(z.union([z.string(), z.number()]))
    .nullable()
    .default(null)
    .describe('Names of the channels; null: 0, 1, 2 and so on.')
    .meta({ title: 'Channel names', advanced: true }),
  channel_indices: z
    .array(z.number().int().min(0))
    .nullable()
    .default(null)
    .describe('Which channels of the file are used, in this order; null: all. To leave out a sync line, say.')
    .meta({ title: 'Channels used', advanced: true }),
  is_filtered: z
    .boolean()
    .default(false)
    .describe('Whether the file holds filtered traces already.')
    .meta({ title: 'Already filtered', advanced: true }),
  t_starts: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe('Start of each segment; null: 0.')
    .meta({ title: 'Starts', unit: 's', advanced: true }),
});

const ASKS = ['sampling_frequency', 'num_channels'] as const;
const EXTENSIONS = ['.bin', '.dat', '.raw'];

/** Flat samples, frame after frame: what most systems can export. Several files are several segments. */
export const binary: Format<typeof params> = {
  name: 'binary',
  label: 'Flat binary',
  help: 'Samples only, frame after frame, without a description: rate and number of channels have to be told once.',
  params,
  asks: ASKS,

  async find(path) {
    if (!isFile(path)) return [];
    if (!EXTENSIONS.includes(extname(path).toLowerCase()) || describedElsewhere(path)) return [];
    const guess = guessBinary(path);
    return [
      {
        label: basename(path),
        spec: {
          format: 'binary',
          paths: [path],
          params: { sampling_frequency: 30_000, num_channels: guess.numChannels, dtype: guess.dtype },
        },
        asks: ASKS,
      },
    ];
  },

  async open(spec) {
    const path = spec.paths[0];
    if (path === undefined) throw new UserError('the recording names no file', { hint: 'Choose a file.' });
    checkGains(spec, path);
    const p = parseParams(binary, 'format', spec.params);
    const fileChannels = p.num_channels;
    if (fileChannels === 0)
      throw new UserError(`${path}: 0 channels`, {
        path,
        hint: 'Set num_channels to the number of channels in the file.',
      });
    const select = p.channel_indices ?? undefined;
    if (select && (select.length === 0 || select.some((channel) => channel >= fileChannels)))
      throw new UserError(`${path}: channel_indices are not channels of the file (0 to ${fileChannels - 1})`, { path });
    const channels = select?.length ?? fileChannels;
    const channelIds = p.channel_ids ?? Array.from({ length: channels }, (_, i) => select?.[i] ?? i);
    if (channelIds.length !== channels || new Set(channelIds.map(String)).size !== channels)
      throw new UserError(`${path}: ${channelIds.length} channel_ids for ${channels} channels, or one twice`, { path });
    if (p.t_starts && p.t_starts.length !== spec.paths.length)
      throw new UserError(`${path}: ${p.t_starts.length} t_starts for ${spec.paths.length} segments`, { path });

    const segments = spec.paths.map((file) => traceFile(file, p.file_offset, fileChannels, p.dtype));
    const info: RecordingInfo = {
      samplingFrequency: p.sampling_frequency,
      channelIds,
      numFrames: segments.map((segment) => segment.frames),
      tStart: p.t_starts ?? segments.map(() => 0),
      dtype: p.dtype,
      ...scaling(p.gain_to_uV, p.offset_to_uV, channels, path),
      isFiltered: p.is_filtered,
      ...(spec.probe && { probe: spec.probe }),
      properties: {},
      annotations: {},
    };
    const reader = openTraces({
      dtype: p.dtype,
      fileChannels,
      channelIds,
      segments,
      ...(select && { channels: select }),
    });
    const recording: Recording = { info, read: reader.read, close: reader.close };
    return recording;
  },

  async files(spec) {
    return spec.paths;
  },

  async flat(spec) {
    const p = parseParams(binary, 'format', spec.params);
    const columns = p.channel_indices ?? Array.from({ length: p.num_channels }, (_, i) => i);
    return { paths: spec.paths, dtype: p.dtype, offset: p.file_offset, channelsInFile: p.num_channels, columns };
  },
};

/** Before the schema sees them, so that the error names the file. */
function checkGains(spec: SourceSpec, path: string): void {
  for (const key of ['gain_to_uV', 'offset_to_uV']) {
    const values: readonly unknown[] = [spec.params[key]].flat();
    const wrong = values.find((value) => typeof value === 'number' && !Number.isFinite(value));
    if (wrong !== undefined)
      throw new UserError(`${path}: ${key} is ${String(wrong)}, not a number`, {
        path,
        hint: 'Correct it, or set it to null: everything is then in raw units.',
      });
  }
}

/** Files that another format describes: SpikeGLX's .meta, SpikeInterface's binary.json. */
function describedElsewhere(path: string): boolean {
  if (/\.bin$/i.test(path) && existsSync(path.replace(/\.bin$/i, '.meta'))) return true;
  return existsSync(join(dirname(path), 'binary.json'));
}
