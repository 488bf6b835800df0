import { join } from 'node:path';
import type { FlatFiles } from '../../shared/lists.ts';
import type { RecordingInfo } from '../../shared/recording.ts';
import { writeNpy } from '../../store/npy.ts';
import type { PhyChannels } from './positions.ts';

/** Where each channel is in the data file and on the probe. Returns the group of each. */
export async function writeChannels(
  folder: string,
  args: {
    readonly info: RecordingInfo;
    readonly flat?: FlatFiles;
    readonly params: { readonly copy_binary: boolean };
  },
  { positions, shanks, probes }: PhyChannels,
): Promise<Int32Array> {
  const { info, flat, params } = args;
  const channels = info.channelIds.length;
  const at = (name: string) => join(folder, name);
  const inOrder = Int32Array.from({ length: channels }, (_, c) => c);
  const columns = params.copy_binary || !flat ? inOrder : Int32Array.from(flat.columns);
  await writeNpy(at('channel_map.npy'), { shape: [channels], data: columns });
  await writeNpy(at('channel_map_si.npy'), { dtype: '<U', shape: [channels], data: info.channelIds.map(String) });
  await writeNpy(at('channel_positions.npy'), { shape: [channels, 2], data: positions });
  await writeNpy(at('channel_shanks.npy'), { shape: [channels], data: shanks });
  if (probes.some((probe) => probe !== probes[0]))
    await writeNpy(at('channel_probe.npy'), { shape: [channels], data: probes });
  const { group } = info.properties;
  const groups = group && typeof group[0] === 'number' ? Int32Array.from(group, Number) : probes;
  await writeNpy(at('channel_groups.npy'), { dtype: '<i8', shape: [channels], data: groups });
  // The templates are not whitened. Without the inverse beside it phy would write one at its first opening.
  const identity = new Float64Array(channels * channels);
  for (let c = 0; c < channels; c++) identity[c * channels + c] = 1;
  for (const name of ['whitening_mat.npy', 'whitening_mat_inv.npy'])
    await writeNpy(at(name), { shape: [channels, channels], data: identity });
  return groups;
}
