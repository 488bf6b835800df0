import { selectChannels } from '../shared/channelSelection.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelIdList, channelIndices } from './channelIndices.ts';
import { type Columns, columnsOf, pickColumns } from './pickColumns.ts';

const params = z.object({
  remove_channel_ids: channelIdList
    .default([])
    .describe('Channels that are left out. Empty: none.')
    .meta({ title: 'Channels' }),
});

function kept(parent: RecordingInfo, { remove_channel_ids: ids }: z.output<typeof params>): number[] {
  const removed = new Set(channelIndices('remove_channels', 'remove_channel_ids', parent, ids));
  const kept = [...parent.channelIds.keys()].filter((index) => !removed.has(index));
  if (kept.length === 0)
    throw new UserError('step "remove_channels", remove_channel_ids: no channel would be left', {
      hint: 'Name fewer channels.',
    });
  return kept;
}

/** As SpikeInterface's remove_channels. */
export const removeChannels: Step<typeof params, Columns> = {
  name: 'remove_channels',
  label: 'Remove channels',
  help: 'Leaves out the channels you name: broken ones, references, those outside the brain. Where neighbours are needed in their place (a spatial filter), interpolate bad channels instead.',
  params,
  info: (parent, params) => selectChannels(parent, kept(parent, params)),
  margin: () => 0,
  prepare: (parent, params) => columnsOf(kept(parent, params), parent.channelIds.length),
  apply: pickColumns,
};
