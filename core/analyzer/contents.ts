import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spikeinterfaceNumpy } from '../formats/spikeinterfaceNumpy.ts';
import { UserError } from '../shared/errors.ts';
import { type ChannelLayout, channelLayout } from '../shared/probe.ts';
import { parseProbeJson } from '../shared/probeJson.ts';
import { dtypes, type Property, type RecordingInfo, type RecordingSpec } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import { readJson } from '../store/json.ts';
import { readNumbers } from '../store/npy.ts';
import { mainChannel, type PeakMode, type PeakSign } from './mainChannels.ts';
import { channelsOfMask } from './sparsity.ts';
import { asObject, extensionFolder, readStored } from './stored.ts';
import { templatesOf } from './templates.ts';

/** An analyzer's folder without its extensions. */
export interface Contents {
  readonly folder: string;
  /** Of the recording it was made from: all but the traces. */
  readonly info: RecordingInfo;
  readonly layout: ChannelLayout | undefined;
  readonly sorting: Sorting;
  /** Waveforms, templates, amplitudes, noise levels are in µV; else in raw units. */
  readonly returnInUv: boolean;
  readonly peakSign: PeakSign;
  readonly peakMode: PeakMode;
  /** Channel index of each unit's main channel. */
  readonly mainChannels: Int32Array;
  /** Channel indices kept for each unit, ascending; all where the analyzer is not sparse. */
  readonly channelsOf: readonly Int32Array[];
  readonly sparse: boolean;
  /** How they were chosen, in an analyzer of ours. */
  readonly radiusUm?: number;
  /** Where the traces are, in an analyzer of ours. */
  readonly recording: RecordingSpec | undefined;
}

/** Where the contacts are; UserError in an analyzer without a probe. */
export function contactLayout({ layout, folder }: Contents): ChannelLayout {
  if (layout) return layout;
  throw new UserError(`${folder} does not tell where the channels are`, {
    path: folder,
    hint: 'Choose a probe for the recording and make the analyzer again.',
  });
}

/** Reads the folder of an analyzer, ours or SpikeInterface's. UserError if it is none. */
export async function readContents(folder: string): Promise<Contents> {
  const attributesFile = join(folder, 'recording_info', 'recording_attributes.json');
  if (!existsSync(attributesFile))
    throw new UserError(`${folder} is not an analyzer: it has no recording_info/recording_attributes.json`, {
      path: folder,
      hint: 'Choose the folder that SpikeInterface or Spikedesk saved an analyzer in (binary_folder).',
    });
  const info = await readInfo(folder, attributesFile);
  const settings = asObject(await readIfThere(join(folder, 'settings.json'))) ?? {};
  const { sorting } = await spikeinterfaceNumpy.open(join(folder, 'sorting'));
  if (sorting.segments.length !== info.numFrames.length)
    throw new UserError(
      `${folder}: the sorting has ${sorting.segments.length} segments, the recording ${info.numFrames.length}`,
      { path: folder },
    );
  const channels = info.channelIds.length;
  const units = sorting.unitIds.length;
  const maskFile = join(folder, 'sparsity_mask.npy');
  const sparse = existsSync(maskFile);
  const mask = sparse ? (await readNumbers(maskFile)).data : new Uint8Array(units * channels).fill(1);
  if (mask.length !== units * channels)
    throw new UserError(`${maskFile} has ${mask.length} values, not ${units} units × ${channels} channels`, {
      path: maskFile,
    });
  const spec = asObject(await readIfThere(join(folder, RECORDING_FILE)));
  const radiusUm = asObject(await readIfThere(join(folder, SPARSITY_FILE)))?.radius_um;
  const contents = {
    folder,
    info,
    layout: info.probe && channelLayout(info.probe, channels),
    sorting,
    returnInUv: (settings.return_in_uV ?? settings.return_scaled ?? true) === true,
    peakSign: oneOf(settings.peak_sign, ['both', 'neg', 'pos'] as const),
    peakMode: oneOf(settings.peak_mode, ['extremum', 'at_index', 'peak_to_peak'] as const),
    mainChannels: new Int32Array(units),
    channelsOf: channelsOfMask(mask, units, channels),
    sparse,
    ...(isNumber(radiusUm) && { radiusUm }),
    recording: spec as unknown as RecordingSpec | undefined,
  };
  return { ...contents, mainChannels: (await namedMainChannels(contents)) ?? (await guessedMainChannels(contents)) };
}

/** The spec that the traces are opened by; SpikeInterface looks at recording.json instead. */
export const RECORDING_FILE = 'spikedesk_recording.json';
/** The params of the sparsity, which SpikeInterface does not save. */
export const SPARSITY_FILE = 'spikedesk_sparsity.json';

async function readInfo(folder: string, file: string): Promise<RecordingInfo> {
  const bad = (what: string): never => {
    throw new UserError(`${file}: ${what}`, { path: file, hint: 'Was it edited by hand?' });
  };
  const attributes = asObject(await readJson(file)) ?? {};
  const { channel_ids, sampling_frequency, num_samples, is_filtered, dtype } = attributes;
  const ids = Array.isArray(channel_ids) ? channel_ids.filter((id) => typeof id === 'string' || isNumber(id)) : [];
  if (ids.length === 0) return bad('channel_ids are missing');
  if (!isNumber(sampling_frequency) || sampling_frequency <= 0) return bad('sampling_frequency is not a rate');
  const numFrames = Array.isArray(num_samples) ? num_samples.filter(isNumber) : [];
  if (numFrames.length === 0) return bad('num_samples are missing');
  const { gain_to_uV, offset_to_uV, ...others } = asObject(attributes.properties) ?? {};
  const properties: Record<string, Property> = {};
  for (const [name, values] of Object.entries(others)) {
    const property = propertyOf(values);
    if (property?.length === ids.length) properties[name] = property;
  }
  const gains = Array.isArray(gain_to_uV) ? gain_to_uV.filter(isNumber) : [];
  const offsets = Array.isArray(offset_to_uV) ? offset_to_uV.filter(isNumber) : [];
  const probeFile = ['probegroup.json', 'probe.json']
    .map((name) => join(folder, 'recording_info', name))
    .find((path) => existsSync(path));
  return {
    samplingFrequency: sampling_frequency,
    channelIds: ids,
    numFrames,
    tStart: numFrames.map(() => 0),
    dtype: dtypes.find((known) => known === dtype) ?? 'float32',
    ...(gains.length === ids.length && { gainToUv: gains }),
    ...(offsets.length === ids.length && gains.length === ids.length && { offsetToUv: offsets }),
    isFiltered: is_filtered === true,
    ...(probeFile && { probe: parseProbeJson(await readJson(probeFile), probeFile) }),
    properties,
    annotations: {},
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function propertyOf(values: unknown): Property | undefined {
  if (!Array.isArray(values)) return undefined;
  const items: readonly unknown[] = values;
  if (items.every((item): item is number => typeof item === 'number')) return items;
  if (items.every((item): item is string => typeof item === 'string')) return items;
  return items.every((item): item is boolean => typeof item === 'boolean') ? items : undefined;
}

function oneOf<const T extends string>(value: unknown, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}

async function readIfThere(path: string): Promise<unknown> {
  return existsSync(path) ? readJson(path) : undefined;
}

type Unnamed = Omit<Contents, 'mainChannels'>;

/** By the sorting's property, as SpikeInterface 0.105 and we save it. */
async function namedMainChannels({ sorting, info }: Unnamed): Promise<Int32Array | undefined> {
  const names = sorting.properties.main_channel_id;
  if (!names) return undefined;
  const indexOf = new Map(info.channelIds.map((id, index) => [String(id), index]));
  const indices = Int32Array.from(sorting.unitIds, (_, unit) => indexOf.get(String(names[unit])) ?? -1);
  return indices.some((index) => index < 0) ? undefined : indices;
}

/** Of an older analyzer: where the templates peak, else the kept channel nearest to the middle of all kept. */
async function guessedMainChannels(contents: Unnamed): Promise<Int32Array> {
  const { sorting, info, layout, channelsOf, folder } = contents;
  const stored = await readStored(extensionFolder(folder, 'templates'), ['average', 'median']);
  if (stored) {
    const { average, samples, channels, nbefore } = templatesOf(stored, info.samplingFrequency);
    const size = samples * channels;
    return Int32Array.from(sorting.unitIds, (_, unit) =>
      mainChannel(average.subarray(unit * size, (unit + 1) * size), samples, channels, nbefore),
    );
  }
  return Int32Array.from(channelsOf, (channels) => {
    if (!layout || channels.length === 0) return channels[0] ?? 0;
    const mean = (values: Float64Array) => channels.reduce((sum, c) => sum + values[c]!, 0) / channels.length;
    const [x, y] = [mean(layout.x), mean(layout.y)];
    const far = (c: number) => Math.hypot(layout.x[c]! - x, layout.y[c]! - y);
    return channels.reduce((best, c) => (far(c) < far(best) ? c : best));
  });
}
