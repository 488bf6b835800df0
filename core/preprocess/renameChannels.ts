import type { Step } from '../shared/lists.ts';
import { z } from '../shared/zod.ts';
import { channelIdList } from './channelIndices.ts';
import { newIds } from './newIds.ts';

const params = z.object({
  new_channel_ids: channelIdList
    .nullable()
    .default(null)
    .describe('The new names, one a channel, in the order of the channels. Empty: they keep theirs.')
    .meta({ title: 'New names' }),
});

/** As SpikeInterface's rename_channels. */
export const renameChannels: Step<typeof params, undefined> = {
  name: 'rename_channels',
  label: 'Rename channels',
  help: 'Gives the channels other names, so that recordings of the same probe that were named differently fit together. Samples, order and probe stay as they are.',
  params,
  info: (parent, { new_channel_ids: ids }) =>
    ids
      ? { ...parent, channelIds: newIds('rename_channels', 'new_channel_ids', ids, parent.channelIds.length) }
      : parent,
  margin: () => 0,
  prepare: () => undefined,
  apply: (data) => data,
};
