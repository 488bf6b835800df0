import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import type { Json } from '../shared/json.ts';
import { channelLayout } from '../shared/probe.ts';
import { recordingProbeJson } from '../shared/probeJsonWrite.ts';
import { isStep, type RecordingInfo, type RecordingSpec, type SourceSpec, type StepSpec } from '../shared/recording.ts';
import { isFile, isFolder, listFolder } from './pathKind.ts';
import { siClass } from './siProperties.ts';

type Dict = Readonly<Record<string, Json>>;

/**
 * The dict SpikeInterface keeps in an analyzer's recording.json, so that it finds the recording again and computes the
 * same steps: paths relative to `folder` (where the file will lie). Undefined where it has no class for the chain.
 * `info` is that of the whole chain.
 */
export function recordingDict(spec: RecordingSpec, info: RecordingInfo, folder: string): Dict | undefined {
  const made = describe(spec, info, folder);
  if (!made) return undefined;
  const { gainToUv, offsetToUv } = info;
  return {
    ...made,
    annotations: { ...info.annotations, is_filtered: info.isFiltered },
    properties: {
      ...(typeof made.properties === 'object' ? made.properties : {}),
      ...(gainToUv && { gain_to_uV: gainToUv, offset_to_uV: offsetToUv ?? gainToUv.map(() => 0) }),
    },
    relative_paths: true,
  };
}

function describe(spec: RecordingSpec, info: RecordingInfo, folder: string): Dict | undefined {
  const described = isStep(spec) ? stepDict(spec, info, folder) : sourceDict(spec, folder);
  return described && { ...described, annotations: {}, ...placeOf(info), relative_paths: false };
}

/** Probe (0.105) and locations (0.101 keeps no probe in JSON) of every object in the chain: some steps need them. */
function placeOf(info: RecordingInfo): { readonly properties: Dict; readonly probegroup?: Json } {
  const channels = info.channelIds.length;
  const layout = info.probe && channelLayout(info.probe, channels);
  const probegroup = info.probe && recordingProbeJson(info.probe, channels);
  const properties: Record<string, Json> = {};
  if (info.properties.group) properties.group = info.properties.group;
  if (layout) properties.location = Array.from(layout.x, (x, channel) => [x, layout.y[channel]!]);
  return { properties, ...(layout && probegroup && { probegroup }) };
}

function sourceDict(spec: SourceSpec, folder: string): Dict | undefined {
  const [first] = spec.paths;
  if (first === undefined) return undefined;
  const { params } = spec;
  switch (spec.format) {
    case 'binary':
      return binaryDict(spec, folder);
    case 'spikeinterface_binary':
      return { ...siClass('core.binaryfolder.BinaryFolderRecording'), kwargs: { folder_path: from(folder, first) } };
    case 'spikeglx': {
      const inside = spec.paths.length === 1 ? glxFolder(first) : undefined;
      if (inside === undefined || typeof params.stream_id !== 'string' || params.stream_id === '') return undefined;
      const kwargs = { folder_path: from(folder, inside), stream_id: params.stream_id };
      return { ...siClass('extractors.neoextractors.spikeglx.SpikeGLXRecordingExtractor'), kwargs };
    }
    default:
      return undefined;
  }
}

/** SpikeInterface reads a folder: that of a single .bin will do if no other trigger of the stream lies in it. */
function glxFolder(path: string): string | undefined {
  if (isFolder(path)) return path;
  const stream = /\.(imec\d*\.(ap|lf)|nidq|obx\d*(\.obx)?)\.bin$/i.exec(basename(path))?.[0];
  if (!stream || !isFile(path)) return undefined;
  const others = listFolder(dirname(path)).filter(({ name }) => name.endsWith(stream));
  return others.length === 1 ? dirname(path) : undefined;
}

function binaryDict(spec: SourceSpec, folder: string): Dict {
  const { params: p } = spec;
  const select = Array.isArray(p.channel_indices) ? p.channel_indices : undefined;
  const whole = {
    ...siClass('core.binaryrecordingextractor.BinaryRecordingExtractor'),
    kwargs: {
      file_paths: spec.paths.map((path) => from(folder, path)),
      sampling_frequency: p.sampling_frequency ?? 30_000,
      t_starts: p.t_starts ?? null,
      num_channels: p.num_channels ?? 1,
      dtype: p.dtype ?? 'int16',
      channel_ids: select ? null : (p.channel_ids ?? null),
      time_axis: 0,
      file_offset: p.file_offset ?? 0,
      // Gains of chosen channels would not fit all of them: they are set on the result.
      gain_to_uV: select ? null : (p.gain_to_uV ?? null),
      offset_to_uV: select || p.gain_to_uV === undefined || p.gain_to_uV === null ? null : (p.offset_to_uV ?? 0),
      is_filtered: p.is_filtered ?? false,
    },
    annotations: {},
    properties: {},
    relative_paths: false,
  };
  if (!select) return whole;
  return {
    ...siClass('core.channelslice.ChannelSliceRecording'), // 0.105 takes 0.101's name of its parent too
    kwargs: { parent_recording: whole, channel_ids: select, renamed_channel_ids: p.channel_ids ?? select },
  };
}

function stepDict(spec: StepSpec, info: RecordingInfo, folder: string): Dict | undefined {
  const recording = describe(spec.parent, info, folder);
  if (!recording) return undefined;
  const { params: p, fitted } = spec;
  switch (spec.step) {
    case 'bandpass_filter':
    case 'highpass_filter': {
      const low = typeof p.freq_min === 'number' ? p.freq_min : 300;
      const band = spec.step === 'bandpass_filter' ? { freq_max: p.freq_max ?? 6000 } : {};
      const name = spec.step === 'bandpass_filter' ? 'BandpassFilterRecording' : 'HighpassFilterRecording';
      const kwargs = {
        recording,
        freq_min: low,
        ...band,
        // 0.101 knows no "auto": five periods of the lower corner.
        margin_ms: typeof p.margin_ms === 'number' ? p.margin_ms : 5000 / low,
        dtype: p.dtype ?? null,
        ...given('filter_order', p.filter_order, 5),
        ...given('ignore_low_freq_error', p.ignore_low_freq_error, false),
      };
      return { ...siClass(`preprocessing.filter.${name}`), kwargs };
    }
    case 'common_reference': {
      const kwargs = {
        recording,
        reference: p.reference ?? 'global',
        operator: p.operator ?? 'median',
        groups: p.groups ?? null,
        ref_channel_ids: p.ref_channel_ids ?? null,
        local_radius: p.local_radius ?? [30, 55],
        ...given('min_local_neighbors', p.min_local_neighbors, 5),
        dtype: p.dtype ?? null,
      };
      return { ...siClass('preprocessing.common_reference.CommonReferenceRecording'), kwargs };
    }
    case 'whiten': {
      if (!fitted?.W) return undefined;
      const scale = p.int_scale ?? null;
      const kwargs = {
        recording,
        // SpikeInterface refuses whole numbers without a scale, where ours become float32.
        dtype: p.dtype ?? (scale === null ? 'float32' : null),
        apply_mean: p.apply_mean ?? false,
        mode: p.mode ?? 'global',
        radius_um: p.radius_um ?? 100,
        int_scale: scale,
        W: fitted.W,
        M: fitted.M ?? null,
      };
      return { ...siClass('preprocessing.whiten.WhitenRecording'), kwargs };
    }
    default:
      return undefined;
  }
}

/** Only where it is not the default: older versions do not know the name. */
function given(name: string, value: Json | undefined, usual: Json): Dict {
  return value === undefined || value === usual ? {} : { [name]: value };
}

/** Relative to `folder`, with slashes. On another drive there is no relative path. */
function from(folder: string, path: string): string {
  const way = relative(folder, path);
  return isAbsolute(way) || !isAbsolute(path) ? path : way.split(sep).join('/') || '.';
}
