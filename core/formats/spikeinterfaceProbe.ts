import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe, ProbeGroup } from '../shared/probe.ts';
import { parseProbeJson } from '../shared/probeJson.ts';
import { readJson } from '../store/json.ts';
import type { NpyArray } from '../store/npy.ts';

/** The probe of a SpikeInterface recording folder, wired to its channels; undefined if it has none. */
export async function folderProbe(
  folder: string,
  channels: number,
  location: NpyArray | undefined,
): Promise<ProbeGroup | undefined> {
  for (const name of ['probegroup.json', 'probe.json']) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    const group = parseProbeJson(await readJson(path), path);
    return wiredByRank(group, channels);
  }
  return location && fromLocations(location, channels);
}

/** Where channels were left out, older versions keep the wiring of the whole recording: its order is what counts. */
export function wiredByRank(group: ProbeGroup, channels: number): ProbeGroup {
  const wiring = group.probes.flatMap((probe) => probe.device_channel_indices ?? probe.contact_positions.map(() => -1));
  const wired = wiring.filter((channel) => channel >= 0).sort((a, b) => a - b);
  if (wired.length !== channels || wired.at(-1) === channels - 1) return group;
  const rank = new Map(wired.map((channel, i) => [channel, i]));
  return {
    probes: group.probes.map((probe) => ({
      ...probe,
      ...(probe.device_channel_indices && {
        device_channel_indices: probe.device_channel_indices.map((channel) => rank.get(channel) ?? -1),
      }),
    })),
  };
}

/** Without a probe file the property "location" still says where channels are. */
function fromLocations(location: NpyArray, channels: number): ProbeGroup | undefined {
  const [rows, ndim = 0] = location.shape;
  if (location.kind !== 'numbers' || rows !== channels || ndim < 2 || ndim > 3) return undefined;
  const { data } = location;
  if (!data.every(Number.isFinite)) return undefined;
  const positions = Array.from({ length: channels }, (_, c) => Array.from(data.subarray(c * ndim, (c + 1) * ndim)));
  const probe: Probe = {
    ndim,
    si_units: 'um',
    annotations: {},
    contact_annotations: {},
    contact_positions: positions,
    contact_shapes: positions.map(() => 'circle'),
    contact_shape_params: positions.map(() => ({ radius: 1 })),
    device_channel_indices: positions.map((_, channel) => channel),
  };
  return { probes: [probe] };
}
