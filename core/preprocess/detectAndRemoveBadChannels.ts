import { selectChannels } from '../shared/channelSelection.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { ChannelId, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { detectionParams, overrule } from './badChannelParams.ts';
import { channelIndices } from './channelIndices.ts';
import { checkDetection, findBadChannels, knownVerdict } from './findBadChannels.ts';
import { type Columns, columnsOf, pickColumns } from './pickColumns.ts';

const params = z.object({ ...detectionParams, ...overrule });
const name = 'detect_and_remove_bad_channels';

function kept(parent: RecordingInfo, bad: readonly ChannelId[]): number[] {
  const removed = new Set(channelIndices(name, 'bad_channel_ids', parent, bad));
  const kept = [...parent.channelIds.keys()].filter((index) => !removed.has(index));
  if (kept.length > 0) return kept;
  throw new UserError(`step "${name}": all channels are bad, none would be left`, {
    hint: 'Are the thresholds right for this recording? Or name bad_channel_ids yourself.',
  });
}

/** As SpikeInterface's detect_and_remove_bad_channels. Before it has learnt, all channels are there. */
export const detectAndRemoveBadChannels: Step<typeof params, Columns> = {
  name,
  label: 'Detect and remove bad channels',
  help: 'Looks for channels that are dead, noisy or outside the brain and leaves them out. For sorters that need no regular grid of channels; before a spatial filter interpolate them instead.',
  params,
  info(parent, params, fitted) {
    if (!params.bad_channel_ids) checkDetection(name, parent, params);
    return selectChannels(parent, kept(parent, knownVerdict(fitted, params.bad_channel_ids)?.bad_channel_ids ?? []));
  },
  margin: () => 0,
  async fit(parent, params, signal, slices) {
    if (params.bad_channel_ids) return {};
    const found = await findBadChannels(name, parent, params, signal, slices);
    kept(parent.info, found.bad_channel_ids);
    return found;
  },
  prepare(parent, params, fitted) {
    const known = knownVerdict(fitted, params.bad_channel_ids);
    if (!known) throw new Error(`${name}: the bad channels have not been looked for yet`);
    return columnsOf(kept(parent, known.bad_channel_ids), parent.channelIds.length);
  },
  apply: pickColumns,
};
