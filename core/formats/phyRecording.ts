import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Json } from '../shared/json.ts';
import type { Probe } from '../shared/probe.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import { type DType, dtypes, type SourceSpec } from '../shared/recording.ts';
import { readNumbers } from '../store/npy.ts';
import { isFile } from '../store/pathKind.ts';
import type { PhyParams } from './phyParams.ts';
import { bytesOf } from './traceFiles.ts';

export interface PhyRecording {
  readonly spec: SourceSpec;
  readonly frames: number;
}

/**
 * The raw file a phy folder was sorted from, if it still exists: where dat_path says, or by its name in the folder.
 * Gains are not known: phy has none.
 */
export async function phyRecording(
  folder: string,
  params: PhyParams,
  sampleRate: number,
  warnings: string[],
): Promise<PhyRecording | undefined> {
  const named = params.get('dat_path');
  const paths = (Array.isArray(named) ? named : [named]).filter((path) => typeof path === 'string' && path !== '');
  if (paths.length === 0) return undefined;
  if (paths.length > 1) {
    warnings.push('dat_path names several files; open the recording yourself, each file as a segment.');
    return undefined;
  }
  const dat = locate(folder, String(paths[0]));
  if (!dat) {
    warnings.push(
      `The raw data (${String(paths[0])}) were not found: traces and waveforms need them. Open the recording yourself.`,
    );
    return undefined;
  }
  const channels = params.get('n_channels_dat');
  const dtype = dtypeOf(params.get('dtype'));
  const offset = params.get('offset') ?? 0;
  if (
    typeof channels !== 'number' ||
    !Number.isInteger(channels) ||
    channels < 1 ||
    !dtype ||
    typeof offset !== 'number' ||
    !(offset >= 0)
  ) {
    warnings.push('params.py does not say n_channels_dat, dtype and offset: the raw data are not opened.');
    return undefined;
  }
  const used = await channelMap(folder, channels, warnings);
  const probe = await phyProbe(folder, used?.length ?? channels);
  const settings: Record<string, Json> = {
    sampling_frequency: sampleRate,
    num_channels: channels,
    dtype,
    file_offset: offset,
    is_filtered: params.get('hp_filtered') === true,
    ...(used && { channel_indices: used }),
  };
  return {
    spec: { format: 'binary', paths: [dat], params: settings, ...(probe && { probe: { probes: [probe] } }) },
    frames: Math.floor((statSync(dat).size - offset) / (channels * bytesOf(dtype))),
  };
}

function locate(folder: string, path: string): string | undefined {
  // A path on another machine is never opened unasked.
  const remote = /^(\\\\|\/\/)/.test(path);
  const places = [...(remote ? [] : [resolve(folder, path)]), join(folder, basename(path.replaceAll('\\', '/')))];
  return places.find(isFile);
}

function dtypeOf(value: unknown): DType | undefined {
  const text = typeof value === 'string' ? value.replace(/^(np|numpy)\./, '') : 'int16';
  const short: Readonly<Record<string, DType>> = {
    '<i2': 'int16',
    i2: 'int16',
    '<f4': 'float32',
    f4: 'float32',
    '<u2': 'uint16',
  };
  return dtypes.find((dtype) => dtype === text) ?? short[text];
}

/** Which channels of the raw file were sorted; undefined if all, in order. */
async function channelMap(
  folder: string,
  channels: number,
  warnings: string[],
): Promise<readonly number[] | undefined> {
  const path = join(folder, 'channel_map.npy');
  if (!existsSync(path)) return undefined;
  const map = Array.from((await readNumbers(path)).data);
  const valid =
    map.length > 0 &&
    map.every((c) => Number.isInteger(c) && c >= 0 && c < channels) &&
    new Set(map).size === map.length;
  if (!valid) {
    warnings.push(`${path} names channels the raw data do not have: it is not used.`);
    return undefined;
  }
  return map.length === channels && map.every((channel, i) => channel === i) ? undefined : map;
}

/** Where phy's channels sit: channel_positions.npy, channel_shanks.npy. Wired 0, 1, 2… */
export async function phyProbe(folder: string, channels: number): Promise<Probe | undefined> {
  const path = join(folder, 'channel_positions.npy');
  if (!existsSync(path)) return undefined;
  const { data, shape } = await readNumbers(path);
  if (shape.length !== 2 || shape[0] !== channels || shape[1] !== 2 || !data.every(Number.isFinite)) return undefined;
  const shankPath = join(folder, 'channel_shanks.npy');
  const shanks = existsSync(shankPath) ? (await readNumbers(shankPath)).data : undefined;
  const positions = Array.from({ length: channels }, (_, c) => [data[2 * c]!, data[2 * c + 1]!]);
  return {
    ...roundContacts(positions, 6),
    ...(shanks?.length === channels && { shank_ids: Array.from(shanks, String) }),
    device_channel_indices: positions.map((_, channel) => channel),
  };
}
