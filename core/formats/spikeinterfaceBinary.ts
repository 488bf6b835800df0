import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Format } from '../shared/lists.ts';
import { type DType, dtypes, type RecordingInfo, type SourceSpec } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { readJson } from '../store/json.ts';
import { openNpyRows } from '../store/npyRows.ts';
import { npyType } from '../store/npyType.ts';
import { listFolder, pathKind } from '../store/pathKind.ts';
import { scaling } from './gains.ts';
import { insideFolder, readAnnotations, readProperties } from './spikeinterfaceFolder.ts';
import { folderProbe } from './spikeinterfaceProbe.ts';
import { openTraces, traceFile } from './traceFiles.ts';

/** A SpikeInterface recording saved with format="binary": a folder with binary.json. */
export const spikeinterfaceBinary: Format = {
  name: 'spikeinterface_binary',
  label: 'SpikeInterface binary folder',
  help: 'A recording saved by SpikeInterface (recording.save, format binary): samples, gains, probe and properties in one folder.',
  params: z.object({}),

  async find(path) {
    const folders = candidates(path);
    const found = [];
    for (const folder of folders) {
      const label =
        folder === path || folder === dirname(path) ? basename(folder) : `${basename(path)}/${basename(folder)}`;
      const spec: SourceSpec = { format: 'spikeinterface_binary', paths: [folder], params: {} };
      found.push({ label, spec, asks: [] });
    }
    return found;
  },

  async open(spec) {
    const folder = folderOf(spec);
    const { kwargs, path } = await description(folder);
    const channels = kwargs.num_channels ?? kwargs.num_chan ?? 0;
    if (channels === 0) throw new UserError(`${path}: it says 0 channels`, { path, hint: 'Save the recording again.' });
    const { dtype, bigEndian } = numpyDType(kwargs.dtype, path);
    const segments = kwargs.file_paths.map((file) =>
      traceFile(insideFolder(folder, file, path), kwargs.file_offset, channels, dtype),
    );
    const channelIds = kwargs.channel_ids ?? Array.from({ length: channels }, (_, i) => i);
    if (channelIds.length !== channels || new Set(channelIds).size !== channels)
      throw new UserError(`${path}: ${channelIds.length} channel_ids for ${channels} channels, or one twice`, { path });

    const { flat, other } = await readProperties(folder, channels);
    const { gain_to_uV, offset_to_uV, ...properties } = flat;
    const gainFile = join(folder, 'properties', 'gain_to_uV.npy');
    const annotations = await readAnnotations(folder);
    const probe = spec.probe ?? (await folderProbe(folder, channels, other.location));
    const info: RecordingInfo = {
      samplingFrequency: kwargs.sampling_frequency,
      channelIds,
      numFrames: segments.map((segment) => segment.frames),
      tStart: await starts(folder, segments.length, kwargs.t_starts ?? undefined),
      dtype,
      ...scaling(
        gain_to_uV ? numbersOf(gain_to_uV, gainFile) : kwargs.gain_to_uV,
        offset_to_uV ? numbersOf(offset_to_uV, gainFile) : kwargs.offset_to_uV,
        channels,
        gain_to_uV ? gainFile : path,
      ),
      isFiltered:
        annotations.is_filtered === true || (annotations.is_filtered === undefined && kwargs.is_filtered === true),
      ...(probe && { probe }),
      properties,
      annotations,
    };
    const reader = openTraces({ dtype, bigEndian, fileChannels: channels, channelIds, segments });
    return { info, read: reader.read, close: reader.close };
  },

  async flat(spec) {
    const folder = folderOf(spec);
    const { kwargs, path } = await description(folder);
    const { dtype, bigEndian } = numpyDType(kwargs.dtype, path);
    const channels = kwargs.num_channels ?? kwargs.num_chan ?? 0;
    if (bigEndian) return undefined;
    return {
      paths: kwargs.file_paths.map((file) => insideFolder(folder, file, path)),
      dtype,
      offset: kwargs.file_offset,
      channelsInFile: channels,
      columns: Array.from({ length: channels }, (_, c) => c),
    };
  },

  async files(spec) {
    const folder = folderOf(spec);
    const { kwargs, path } = await description(folder);
    return [path, ...kwargs.file_paths.map((file) => insideFolder(folder, file, path))];
  },
};

function folderOf(spec: SourceSpec): string {
  const [folder, ...more] = spec.paths;
  if (folder === undefined || more.length > 0)
    throw new UserError('a SpikeInterface recording is one folder', { hint: 'Choose the folder with binary.json.' });
  return folder;
}

/** The folders with binary.json at `path`: itself, the one around a file of it, or those directly in it. */
function candidates(path: string): readonly string[] {
  const kind = pathKind(path);
  if (kind === 'file') {
    const ours = /^(binary\.json|si_folder\.json|traces_cached_seg\d+\.raw)$/.test(basename(path));
    return ours && existsSync(join(dirname(path), 'binary.json')) ? [dirname(path)] : [];
  }
  if (kind === 'nothing') return [];
  if (existsSync(join(path, 'binary.json'))) return [path];
  return listFolder(path)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name))
    .filter((folder) => existsSync(join(folder, 'binary.json')));
}

const list = z.array(z.number());
const scale = z.union([z.number(), z.nan(), z.array(z.union([z.number(), z.nan()]))]).nullish();
const schema = z.object({
  class: z.string().regex(/\.BinaryRecordingExtractor$/, 'not a flat binary recording'),
  kwargs: z.object({
    file_paths: z.array(z.string().min(1)).min(1),
    sampling_frequency: z.number().positive(),
    num_channels: z.number().int().min(0).max(100_000).optional(),
    num_chan: z.number().int().min(0).max(100_000).optional(),
    dtype: z.string(),
    channel_ids: z.array(z.union([z.number(), z.string()])).nullish(),
    time_axis: z.literal(0, 'must be 0: channel after channel is not read').default(0),
    file_offset: z.number().int().min(0).default(0),
    gain_to_uV: scale,
    offset_to_uV: scale,
    is_filtered: z.boolean().nullish(),
    t_starts: list.nullish(),
  }),
});

async function description(folder: string) {
  const path = join(folder, 'binary.json');
  const result = schema.safeParse(await readJson(path));
  if (result.success) return { path, kwargs: result.data.kwargs };
  const issue = result.error.issues[0];
  throw new UserError(`${path} is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    path,
    hint: 'It is made by recording.save(format="binary"): save it again.',
  });
}

function numpyDType(text: string, path: string): { readonly dtype: DType; readonly bigEndian: boolean } {
  const named = dtypes.find((dtype) => dtype === text);
  if (named) return { dtype: named, bigEndian: false };
  const { kind, size, bigEndian } = npyType(text, path);
  const word = { i: 'int', u: 'uint', f: 'float', b: '', U: '', S: '', V: '' }[kind];
  const dtype = dtypes.find((candidate) => candidate === `${word}${8 * size}`);
  if (!dtype)
    throw new UserError(`${path}: traces of type ${text} are not read`, {
      path,
      hint: `Save them as one of ${dtypes.join(', ')}.`,
    });
  return { dtype, bigEndian };
}

function numbersOf(values: readonly (number | string | boolean)[], path: string): readonly number[] {
  return values.map((value) => {
    if (typeof value !== 'number') throw new UserError(`${path} holds no numbers`, { path });
    return value;
  });
}

/** Start of each segment: of its time vector, of binary.json, or 0. */
async function starts(
  folder: string,
  segments: number,
  given: readonly number[] | undefined,
): Promise<readonly number[]> {
  const out: number[] = [];
  for (let segment = 0; segment < segments; segment++) {
    const times = join(folder, `times_cached_seg${segment}.npy`);
    let start = given?.[segment] ?? 0;
    if (existsSync(times)) {
      const rows = openNpyRows(times, { write: false });
      try {
        start = (rows.shape[0] ?? 0) > 0 ? (rows.readRows(0, 1)[0] ?? 0) : 0;
      } finally {
        rows.close();
      }
    }
    out.push(start);
  }
  return out;
}
