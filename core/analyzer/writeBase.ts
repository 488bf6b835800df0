import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/json.ts';
import { probeJson, recordingProbeJson } from '../shared/probeJsonWrite.ts';
import type { RecordingInfo, RecordingSpec } from '../shared/recording.ts';
import type { Sorting } from '../shared/sorting.ts';
import { writeJson } from '../store/json.ts';
import { writeNpy } from '../store/npy.ts';
import { SI_VERSION } from '../store/siProperties.ts';
import { recordingDict } from '../store/siRecording.ts';
import { writeSiSorting } from '../store/siSorting.ts';
import { RECORDING_FILE, SPARSITY_FILE } from './contents.ts';
import { type SparsityParams, sparsityMask } from './sparsity.ts';

export interface Base {
  /** Where the analyzer will lie: paths in it are relative to that. */
  readonly folder: string;
  readonly sorting: Sorting;
  readonly columns: Readonly<Record<string, readonly (string | number | undefined)[]>>;
  readonly info: RecordingInfo;
  readonly recording: RecordingSpec;
  readonly mainChannels: Int32Array;
  readonly channelsOf: readonly Int32Array[];
  /** How they were chosen. */
  readonly sparsity: SparsityParams;
}

/** Writes an analyzer without extensions: SpikeInterface 0.105's binary_folder, which 0.101 opens too. */
export async function writeBase(partial: string, base: Base): Promise<void> {
  const { info, sorting, columns, recording, mainChannels, channelsOf } = base;
  const channels = info.channelIds.length;
  const inUv = info.gainToUv !== undefined;
  const at = (...names: string[]) => join(partial, ...names);
  mkdirSync(at('recording_info'));
  mkdirSync(at('extensions'));
  await writeJson(at('spikeinterface_info.json'), { version: SI_VERSION, dev_mode: false, object: 'SortingAnalyzer' });
  // return_scaled is 0.101's name of it.
  const settings = { return_in_uV: inUv, return_scaled: inUv, peak_sign: 'both', peak_mode: 'extremum' };
  await writeJson(at('settings.json'), settings);
  await writeJson(at('recording_info', 'recording_attributes.json'), attributes(info));
  if (info.probe) {
    const group = recordingProbeJson(info.probe, channels) ?? probeJson(info.probe);
    await writeJson(at('recording_info', 'probegroup.json'), group);
    await writeJson(at('recording_info', 'probe.json'), group);
  }
  const main_channel_id = Array.from(mainChannels, (channel) => info.channelIds[channel]!);
  await writeSiSorting(at('sorting'), withProperty(sorting, 'main_channel_id', main_channel_id), columns);
  await writeNpy(at('sparsity_mask.npy'), {
    dtype: '|b1',
    shape: [channelsOf.length, channels],
    data: sparsityMask(channelsOf, channels),
  });
  const dict = recordingDict(recording, info, base.folder);
  if (dict) await writeJson(at('recording.json'), dict);
  await writeJson(at(SPARSITY_FILE), base.sparsity);
  await writeJson(at(RECORDING_FILE), recording);
}

function withProperty(sorting: Sorting, name: string, values: readonly (string | number)[]): Sorting {
  const property = values.every((value) => typeof value === 'number') ? values.map(Number) : values.map(String);
  return { ...sorting, properties: { ...sorting.properties, [name]: property } };
}

function attributes(info: RecordingInfo): Json {
  const { gainToUv, offsetToUv } = info;
  return {
    channel_ids: info.channelIds,
    sampling_frequency: info.samplingFrequency,
    num_channels: info.channelIds.length,
    num_samples: info.numFrames,
    is_filtered: info.isFiltered,
    properties: {
      ...info.properties,
      ...(gainToUv && { gain_to_uV: gainToUv, offset_to_uV: offsetToUv ?? gainToUv.map(() => 0) }),
    },
    dtype: info.dtype,
  };
}
