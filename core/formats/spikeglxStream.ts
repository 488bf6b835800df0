import { basename } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isFile } from '../store/pathKind.ts';
import { badMeta, type Meta, metaCounts, metaNumber, metaTable, readMeta } from './spikeglxMeta.ts';

/** One .bin of SpikeGLX with what its .meta says. */
export interface GlxFile {
  readonly bin: string;
  readonly meta: Meta;
  readonly run: string;
  /** -1: the name has none, or tcat. */
  readonly gate: number;
  readonly trigger: number;
  readonly kind: 'imec' | 'nidq' | 'obx';
  /** "imec0.ap", "imec1.lf", "nidq", "obx0" */
  readonly stream: string;
  readonly samplingFrequency: number;
  /** Channels in the file. */
  readonly fileChannels: number;
  /** How many of them, at the end, are the sync line. */
  readonly syncChannels: number;
  readonly channelNames: readonly string[];
  /** For each channel its number among those acquired: AP, then LF, then sync. */
  readonly acquired: readonly number[];
  /** s */
  readonly tStart: number;
}

const MAX_CHANNELS = 20_000;

/** The .meta beside a .bin. */
export function metaPath(bin: string): string {
  return bin.replace(/\.bin$/i, '.meta');
}

/** Whether a file is named as SpikeGLX names its data. */
export function isGlxName(path: string): boolean {
  return /\.(imec\d*\.(ap|lf)|nidq|obx\d*(\.obx)?)\.bin$/i.test(basename(path));
}

/** UserError naming the .meta if there is none, or if it does not make sense. */
export function readGlxFile(bin: string): GlxFile {
  const path = metaPath(bin);
  if (!isFile(path))
    throw new UserError(`${bin} cannot be read: its ${basename(path)} is missing`, {
      path,
      hint: 'Put the .meta beside the .bin. SpikeGLX writes both; rate, gains and channels are only in the .meta.',
    });
  return describe(bin, readMeta(path));
}

function describe(bin: string, meta: Meta): GlxFile {
  const original = (meta.values.get('fileName') ?? basename(bin)).slice(-4096).split(/[/\\]/).at(-1)!;
  const stem = original.replace(/\.bin$/i, '');
  const name = /^(?<run>.+?)_g(?<gate>\d+)_t(?<trigger>\d+|cat)\.(?<rest>.+)$/.exec(stem)?.groups;
  const device = (name?.rest ?? stem).split('.');
  const kind = kindOf(meta, device);

  const fileChannels = metaNumber(meta, 'nSavedChans');
  if (!Number.isInteger(fileChannels) || fileChannels < 0 || fileChannels > MAX_CHANNELS)
    badMeta(meta, `nSavedChans is ${fileChannels}`);
  if (fileChannels === 0) badMeta(meta, 'it says 0 channels');
  const samplingFrequency = metaNumber(meta, { imec: 'imSampRate', nidq: 'niSampRate', obx: 'obSampRate' }[kind]);
  if (samplingFrequency <= 0) badMeta(meta, `the sampling rate is ${samplingFrequency}`);
  const counts = metaCounts(meta, kind === 'obx' ? 'snsXaDwSy' : 'snsApLfSy');
  const syncChannels = kind === 'nidq' ? 0 : (counts?.[2] ?? 0);
  if (syncChannels > fileChannels) badMeta(meta, `it says ${syncChannels} sync channels of ${fileChannels}`);

  const band = device.at(-1);
  const index = (device.find((part) => part.startsWith(kind)) ?? kind).slice(kind.length);
  const stream =
    kind === 'imec' ? `imec${index}.${band === 'lf' ? 'lf' : 'ap'}` : kind === 'obx' ? `obx${index}` : 'nidq';
  const firstSample = meta.values.has('firstSample') ? metaNumber(meta, 'firstSample') : 0;
  return {
    bin,
    meta,
    run: name?.run ?? stem.split('.')[0]!,
    gate: name ? Number(name.gate) : -1,
    trigger: name && name.trigger !== 'cat' ? Number(name.trigger) : -1,
    kind,
    stream,
    samplingFrequency,
    fileChannels,
    syncChannels,
    channelNames: channelNames(meta, fileChannels),
    acquired: acquiredChannels(meta, fileChannels),
    tStart: firstSample / samplingFrequency,
  };
}

function kindOf(meta: Meta, device: readonly string[]): GlxFile['kind'] {
  const type = meta.values.get('typeThis') ?? device.find((part) => /^(imec|nidq|obx)/.test(part))?.replace(/\d+$/, '');
  if (type === 'imec' || type === 'nidq' || type === 'obx') return type;
  return badMeta(meta, `typeThis is "${String(type).slice(0, 40)}", not imec, nidq or obx`);
}

function channelNames(meta: Meta, channels: number): readonly string[] {
  const entries = metaTable(meta, 'snsChanMap')?.slice(1);
  const names = entries?.map((entry) => entry.split(';')[0] ?? '');
  if (!names || names.length !== channels)
    return badMeta(meta, `snsChanMap names ${names?.length ?? 0} channels, nSavedChans says ${channels}`);
  if (new Set(names).size !== channels) badMeta(meta, 'snsChanMap has a channel twice');
  return names;
}

/** snsSaveChanSubset: "all" or "0:10,50,768", both ends included. */
function acquiredChannels(meta: Meta, channels: number): readonly number[] {
  const text = meta.values.get('snsSaveChanSubset') ?? 'all';
  if (text === 'all' || text === '') return Array.from({ length: channels }, (_, i) => i);
  const saved: number[] = [];
  for (const part of text.split(',')) {
    const [first = Number.NaN, last = first] = part.split(':').map(Number);
    if (!(Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last - first < MAX_CHANNELS))
      return badMeta(meta, `snsSaveChanSubset has "${part.slice(0, 40)}"`);
    for (let channel = first; channel <= last && saved.length <= channels; channel++) saved.push(channel);
  }
  if (saved.length !== channels) badMeta(meta, `snsSaveChanSubset and nSavedChans (${channels}) disagree`);
  return saved;
}
