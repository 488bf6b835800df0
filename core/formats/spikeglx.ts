import { parseParams } from '../shared/entry.ts';
import { UserError } from '../shared/errors.ts';
import type { Format } from '../shared/lists.ts';
import type { Property, RecordingInfo, SourceSpec } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { isFolder } from '../store/pathKind.ts';
import { describeFolder, inSegmentOrder } from './spikeglxFiles.ts';
import { findGlx, SYNC } from './spikeglxFind.ts';
import { imecGains, readImro } from './spikeglxImro.ts';
import { badMeta, metaCounts, metaNumber } from './spikeglxMeta.ts';
import { glxProbe } from './spikeglxProbe.ts';
import { type GlxFile, readGlxFile } from './spikeglxStream.ts';
import { openTraces, traceFile } from './traceFiles.ts';

const params = z.object({
  stream_id: z
    .string()
    .default('')
    .describe(
      'Which stream: imec0.ap is the spike band of the first probe, imec0.lf its field potentials, nidq the analog inputs, imec0.ap-SYNC its sync line. Empty: the only one.',
    )
    .meta({ title: 'Stream' }),
});

/** SpikeGLX: .bin with .meta. Gates and triggers are segments; the sync line is a stream of its own. */
export const spikeglx: Format<typeof params> = {
  name: 'spikeglx',
  label: 'SpikeGLX',
  help: 'Recordings of Neuropixels probes and NI devices by SpikeGLX. Rate, gains and the place of each channel come from the .meta file.',
  params,

  find: findGlx,

  async open(spec) {
    const { stream_id } = parseParams(spikeglx, 'format', spec.params);
    const sync = stream_id.endsWith(SYNC);
    const files = filesOf(spec, sync ? stream_id.slice(0, -SYNC.length) : stream_id);
    const first = files[0]!;
    if (sync && first.syncChannels === 0)
      throw new UserError(`${first.bin} has no sync channel`, {
        path: first.bin,
        hint: `Choose the stream ${first.stream}.`,
      });
    const end = first.fileChannels - first.syncChannels;
    const channels = sync ? range(end, first.fileChannels) : range(0, end);
    if (channels.length === 0) badMeta(first.meta, 'it has no channels besides the sync line');
    const segments = files.map((file) => traceFile(file.bin, 0, file.fileChannels, 'int16'));
    const info = infoOf(first, channels, sync, spec);
    const reader = openTraces({
      dtype: 'int16',
      fileChannels: first.fileChannels,
      ...(channels.length < first.fileChannels && { channels }),
      channelIds: info.channelIds,
      segments,
    });
    return {
      info: { ...info, numFrames: segments.map((s) => s.frames), tStart: files.map((file) => file.tStart) },
      read: reader.read,
      close: reader.close,
    };
  },

  async files(spec) {
    const { stream_id } = parseParams(spikeglx, 'format', spec.params);
    const files = filesOf(spec, stream_id.replace(SYNC, ''));
    return files.flatMap((file) => [file.bin, file.meta.path]);
  },

  async flat(spec) {
    const { stream_id } = parseParams(spikeglx, 'format', spec.params);
    const sync = stream_id.endsWith(SYNC);
    const files = filesOf(spec, stream_id.replace(SYNC, ''));
    const { fileChannels, syncChannels } = files[0]!;
    const end = fileChannels - syncChannels;
    return {
      paths: files.map((file) => file.bin),
      dtype: 'int16',
      offset: 0,
      channelsInFile: fileChannels,
      columns: sync ? range(end, fileChannels) : range(0, end),
    };
  },
};

function infoOf(file: GlxFile, channels: readonly number[], sync: boolean, spec: SourceSpec): RecordingInfo {
  const { meta, kind } = file;
  const names = channels.map((channel) => file.channelNames[channel]!);
  const acquired = channels.map((channel) => file.acquired[channel]!);
  const imro = kind === 'imec' ? readImro(meta) : undefined;
  const gains =
    kind === 'imec'
      ? imecGains(meta, imro, file.stream.endsWith('lf') ? 'lf' : 'ap', acquired)
      : analogGains(file, channels);
  const place = kind === 'imec' && !sync ? glxProbe(meta, imro, acquired) : undefined;
  const probe = spec.probe ?? (place && { probes: [place.probe] });
  const properties: Record<string, Property> = { channel_name: names };
  if (place) properties.group = groups(place.probe.shank_ids ?? names.map(() => '0'));
  if (place?.interSampleShift) properties.inter_sample_shift = place.interSampleShift;
  return {
    samplingFrequency: file.samplingFrequency,
    channelIds: names.map((name) => `${file.stream}#${name}`),
    numFrames: [],
    tStart: [],
    dtype: 'int16',
    ...(gains && { gainToUv: gains, offsetToUv: gains.map(() => 0) }),
    isFiltered: false,
    ...(probe && { probe }),
    properties,
    annotations: {},
  };
}

/** µV a step of NI-DAQ and OneBox inputs. */
function analogGains(file: GlxFile, channels: readonly number[]): readonly number[] {
  const { meta } = file;
  if (file.kind === 'obx') {
    const step = (1e6 * metaNumber(meta, 'obAiRangeMax')) / metaNumber(meta, 'obMaxInt');
    return positive(
      channels.map(() => step),
      file,
    );
  }
  const [mn = 0, ma = 0] = metaCounts(meta, 'snsMnMaXaDw') ?? [];
  const maxInt = meta.values.has('niMaxInt') ? metaNumber(meta, 'niMaxInt') : 32_768;
  const step = (1e6 * metaNumber(meta, 'niAiRangeMax')) / maxInt;
  const gains = channels.map((channel) => {
    if (channel < mn) return step / metaNumber(meta, 'niMNGain');
    return channel < mn + ma ? step / metaNumber(meta, 'niMAGain') : step;
  });
  return positive(gains, file);
}

function positive(gains: readonly number[], file: GlxFile): readonly number[] {
  if (!gains.every((gain) => Number.isFinite(gain) && gain > 0))
    badMeta(file.meta, 'a gain or range is 0 or not a number');
  return gains;
}

/** The files a spec means, in segment order. A folder is searched for the stream. */
function filesOf(spec: SourceSpec, stream: string): readonly GlxFile[] {
  const all = spec.paths.flatMap((path) => {
    if (!isFolder(path)) return [readGlxFile(path.replace(/\.meta$/i, '.bin'))];
    const { files, lonely } = describeFolder(path);
    return files.length > 0 ? files : lonely.slice(0, 1).map(readGlxFile);
  });
  const where = spec.paths[0] ?? '';
  if (all.length === 0)
    throw new UserError(`${where} holds no SpikeGLX recording`, {
      path: where,
      hint: 'A .bin with its .meta is needed.',
    });
  const streams = [...new Set(all.map((file) => file.stream))];
  if (stream === '' && streams.length > 1)
    throw new UserError(`${where} holds several streams: ${streams.join(', ')}`, {
      path: where,
      hint: 'Name one as stream_id.',
    });
  const files = all.filter((file) => stream === '' || file.stream === stream);
  if (files.length === 0)
    throw new UserError(`${where} holds no stream "${stream}"`, {
      path: where,
      hint: `It holds ${streams.join(', ')}.`,
    });
  return inSegmentOrder(files);
}

/** Shanks numbered 0, 1, 2… in their order, as SpikeInterface's "group". */
function groups(shanks: readonly string[]): readonly number[] {
  const ids = [...new Set(shanks)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return shanks.map((shank) => ids.indexOf(shank));
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
