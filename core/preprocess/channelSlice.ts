import { selectChannels } from '../shared/channelSelection.ts';
import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelIdList, channelIndices } from './channelIndices.ts';
import { newIds } from './newIds.ts';
import { type Columns, columnsOf, pickColumns } from './pickColumns.ts';

const params = z.object({
  channel_ids: channelIdList
    .nullable()
    .default(null)
    .describe('Channels that are kept, in this order. Empty: all.')
    .meta({ title: 'Channels' }),
  renamed_channel_ids: channelIdList
    .nullable()
    .default(null)
    .describe('New names for them, in the same order. Empty: they keep theirs.')
    .meta({ title: 'New names', advanced: true }),
});

function kept(parent: RecordingInfo, { channel_ids }: z.output<typeof params>): number[] {
  if (channel_ids === null) return [...parent.channelIds.keys()];
  if (channel_ids.length === 0)
    throw new UserError('step "channel_slice", channel_ids: no channel would be left', {
      hint: 'Name the channels to keep, or leave it empty (null) for all.',
    });
  return channelIndices('channel_slice', 'channel_ids', parent, channel_ids);
}

/** As SpikeInterface's channel_slice (select_channels). */
export const channelSlice: Step<typeof params, Columns> = {
  name: 'channel_slice',
  aliases: ['select_channels'],
  label: 'Select channels',
  help: 'Keeps the channels you name, in the order you name them, and leaves out the others: one shank of many, or without the sync and reference channels. Their place on the probe goes along.',
  params,
  info(parent, params) {
    const indices = kept(parent, params);
    const names = params.renamed_channel_ids;
    return selectChannels(
      parent,
      indices,
      names ? newIds('channel_slice', 'renamed_channel_ids', names, indices.length) : undefined,
    );
  },
  margin: () => 0,
  prepare: (parent, params) => columnsOf(kept(parent, params), parent.channelIds.length),
  apply: pickColumns,
};
