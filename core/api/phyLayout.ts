import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { phyProbe } from '../formats/phyRecording.ts';
import { type ChannelLayout, channelLayout } from '../shared/probe.ts';
import { readNumbers } from '../store/npy.ts';

/** Where the channels of a phy folder are, from its own arrays; undefined if it does not say. */
export async function phyLayout(folder: string): Promise<ChannelLayout | undefined> {
  const path = join(folder, 'channel_positions.npy');
  if (!existsSync(path)) return undefined;
  const channels = (await readNumbers(path)).shape[0] ?? 0;
  const probe = await phyProbe(folder, channels);
  return probe && channelLayout({ probes: [probe] }, channels);
}
