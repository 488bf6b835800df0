import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { Format, Found } from '../shared/lists.ts';
import { parseProbeJson } from '../shared/probeJson.ts';
import { type DType, dtypes, type Property, type RecordingInfo, type SourceSpec } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { readJson } from '../store/json.ts';
import { isFile, isFolder, listFolder, pathKind } from '../store/pathKind.ts';
import { openZarrArray, readZarrList, type ZarrArray } from '../store/zarrArray.ts';
import { scaling } from './gains.ts';
import { wiredByRank } from './spikeinterfaceProbe.ts';
import { zarrTraces } from './zarrTraces.ts';

/** A SpikeInterface recording saved with format="zarr": a folder with .zattrs and traces_seg0. */
export const spikeinterfaceZarr: Format = {
  name: 'spikeinterface_zarr',
  label: 'SpikeInterface zarr folder',
  help: 'A recording saved by SpikeInterface or Spikedesk as compressed zarr (version 2): samples, gains, probe and properties in one folder.',
  params: z.object({}),

  async find(path) {
    return candidates(path).map((folder): Found => {
      const inside = folder !== path && dirname(folder) === path;
      const spec: SourceSpec = { format: 'spikeinterface_zarr', paths: [folder], params: {} };
      return { label: inside ? `${basename(path)}/${basename(folder)}` : basename(folder), spec, asks: [] };
    });
  },

  async open(spec) {
    const folder = folderOf(spec);
    const attributes = await attributesOf(folder);
    const channelIds = await idsOf(folder);
    const arrays = await tracesOf(folder, attributes.num_segments, channelIds.length);
    const { gain_to_uV, offset_to_uV, ...properties } = await propertiesOf(folder, channelIds.length);
    const attrs = join(folder, '.zattrs');
    const probe = spec.probe ?? probeOf(attributes, channelIds.length, attrs);
    const { annotations } = attributes;
    const info: RecordingInfo = {
      samplingFrequency: attributes.sampling_frequency,
      channelIds,
      numFrames: arrays.map(({ shape }) => shape[0] ?? 0),
      tStart: await starts(folder, arrays.length),
      dtype: dtypeOf(arrays),
      ...scaling(numbers(gain_to_uV), numbers(offset_to_uV), channelIds.length, attrs),
      isFiltered: annotations.is_filtered === true,
      ...(probe && { probe }),
      properties,
      annotations,
    };
    return zarrTraces(info, arrays);
  },

  async files(spec) {
    const folder = folderOf(spec);
    const { num_segments } = await attributesOf(folder);
    const segments = Array.from({ length: num_segments }, (_, i) => join(folder, `traces_seg${i}`));
    // Every chunk is a file: first, middle and last of each segment stand for all.
    return [
      join(folder, '.zattrs'),
      ...segments.flatMap((segment) => {
        const chunks = listFolder(segment)
          .map(({ name }) => name)
          .filter((name) => /^\d/.test(name))
          .sort();
        const some = [0, chunks.length >> 1, chunks.length - 1].map((i) => chunks[i]);
        const picked = [...new Set(some.filter((name) => name !== undefined))];
        return [join(segment, '.zarray'), ...picked.map((name) => join(segment, name)).filter(isFile)];
      }),
    ];
  },
};

function folderOf(spec: SourceSpec): string {
  const [folder, ...more] = spec.paths;
  if (folder === undefined || more.length > 0)
    throw new UserError('a SpikeInterface zarr recording is one folder', { hint: 'Choose the folder with .zattrs.' });
  return folder;
}

const isRecording = (folder: string) =>
  existsSync(join(folder, '.zattrs')) && existsSync(join(folder, 'traces_seg0', '.zarray'));

function candidates(path: string): readonly string[] {
  const kind = pathKind(path);
  if (kind === 'nothing') return [];
  if (kind === 'file') return basename(path).startsWith('.z') && isRecording(dirname(path)) ? [dirname(path)] : [];
  if (isRecording(path)) return [path];
  return listFolder(path)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name))
    .filter(isRecording);
}

const schema = z.object({
  sampling_frequency: z.number().positive(),
  num_segments: z.int().min(1).max(100_000),
  annotations: z.record(z.string(), z.json()).default({}),
  probegroup: z.json().nullish(),
  probe: z.json().nullish(),
});
type Attributes = z.output<typeof schema>;

async function attributesOf(folder: string): Promise<Attributes> {
  const path = join(folder, '.zattrs');
  const read = await readJson(path);
  // NaN in provenance is no JSON of ours; only what is used is looked at.
  const result = schema.safeParse(read);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${path} is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    path,
    hint: 'It is made by recording.save(format="zarr"): save it again.',
  });
}

async function idsOf(folder: string): Promise<readonly (number | string)[]> {
  const path = join(folder, 'channel_ids');
  const ids = Array.from<number | string>(await readZarrList(path));
  if (ids.length > 0 && new Set(ids).size === ids.length) return ids;
  throw new UserError(`${path} names no channels, or one twice`, { path });
}

async function tracesOf(folder: string, segments: number, channels: number): Promise<readonly ZarrArray[]> {
  const arrays: ZarrArray[] = [];
  for (let segment = 0; segment < segments; segment++) {
    const array = await openZarrArray(join(folder, `traces_seg${segment}`));
    if (array.shape.length !== 2 || array.shape[1] !== channels)
      throw new UserError(`${array.path} has shape ${array.shape.join(' × ')}, not frames × ${channels} channels`, {
        path: array.path,
      });
    arrays.push(array);
  }
  return arrays;
}

function dtypeOf(arrays: readonly ZarrArray[]): DType {
  const [first, ...others] = arrays;
  const { type, path } = first!;
  const word = { i: 'int', u: 'uint', f: 'float', b: '', U: '', S: '', V: '' }[type.kind];
  const dtype = dtypes.find((candidate) => candidate === `${word}${8 * type.size}`);
  if (dtype && others.every((other) => other.type.dtype === type.dtype)) return dtype;
  throw new UserError(`${path}: traces of type ${type.dtype} are not read`, {
    path,
    hint: `Save them as one of ${dtypes.join(', ')}.`,
  });
}

async function propertiesOf(folder: string, channels: number): Promise<Readonly<Record<string, Property>>> {
  const inside = join(folder, 'properties');
  const out: Record<string, Property> = Object.create(null);
  if (!isFolder(inside)) return out;
  for (const entry of listFolder(inside)) {
    const path = join(inside, entry.name);
    // contact_vector is a record, which the probe tells better; location has two columns.
    if (!entry.isDirectory() || entry.name === 'contact_vector' || !isFile(join(path, '.zarray'))) continue;
    const { shape, type } = await openZarrArray(path);
    if (shape.length !== 1) continue;
    const values = await readZarrList(path);
    if (values.length !== channels)
      throw new UserError(`${path} has ${values.length} values, not one for each of ${channels} channels`, { path });
    out[entry.name] = Array.isArray(values)
      ? values
      : type.kind === 'b'
        ? Array.from(values, Boolean)
        : Array.from(values);
  }
  return out;
}

function numbers(values: Property | undefined): readonly number[] | undefined {
  return values?.map(Number);
}

function probeOf({ probegroup, probe }: Attributes, channels: number, path: string) {
  const json: Json | undefined = probegroup ?? probe ?? undefined;
  return json === undefined ? undefined : wiredByRank(parseProbeJson(json, path), channels);
}

async function starts(folder: string, segments: number): Promise<readonly number[]> {
  const given = isFolder(join(folder, 't_starts')) ? await readZarrList(join(folder, 't_starts')) : [];
  const out: number[] = [];
  for (let segment = 0; segment < segments; segment++) {
    const times = join(folder, `times_seg${segment}`);
    if (isFolder(times)) {
      const array = await openZarrArray(times);
      const first = (array.shape[0] ?? 0) > 0 ? await array.readChunk([0]) : undefined;
      out.push(first ? new DataView(first.buffer, first.byteOffset).getFloat64(0, true) : 0);
    } else {
      const start = Number(given[segment] ?? 0);
      out.push(Number.isNaN(start) ? 0 : start);
    }
  }
  return out;
}
