import { selectChannels } from '../shared/channelSelection.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelIdList, channelIndices } from './channelIndices.ts';
import { axis, channelLayoutOf } from './channelLayoutOf.ts';
import { type Columns, columnsOf, pickColumns } from './pickColumns.ts';

const params = z.object({
  channel_ids: channelIdList
    .nullable()
    .default(null)
    .describe('Keep and order only these channels. Empty: all.')
    .meta({ title: 'Channels', advanced: true }),
  dimensions: z
    .union([axis, z.array(axis).min(1)])
    .default(['x', 'y'])
    .describe(
      'What the order goes by, the most important last: x, then y means by depth, and from left to right where depths are equal. "y": by depth alone.',
    )
    .meta({ title: 'Order by', advanced: true }),
  flip: z
    .boolean()
    .default(false)
    .describe('No: from the tip of the probe up. Yes: from the top down.')
    .meta({ title: 'From the top' }),
});

/** Indices of the channels in their new order. */
function order(parent: RecordingInfo, { channel_ids, dimensions, flip }: z.output<typeof params>): number[] {
  const { x, y } = channelLayoutOf('depth_order', parent);
  const keys = (typeof dimensions === 'string' ? [dimensions] : dimensions).map((name) => ({ x, y })[name]);
  const indices = channel_ids
    ? channelIndices('depth_order', 'channel_ids', parent, channel_ids)
    : [...parent.channelIds.keys()];
  // Sorting by the least important first: JavaScript's sort keeps the order of equals.
  for (const key of keys) indices.sort((a, b) => key[a]! - key[b]!);
  return flip ? indices.reverse() : indices;
}

/** As SpikeInterface's depth_order; with channel_ids these are the channels that stay. */
export const depthOrder: Step<typeof params, Columns> = {
  name: 'depth_order',
  label: 'Order by depth',
  help: 'Sorts the channels by their place on the probe, so that neighbours in the file are neighbours in the tissue: pictures and programs that know no probe then make sense.',
  params,
  info: (parent, params) => selectChannels(parent, order(parent, params)),
  margin: () => 0,
  prepare: (parent, params) => columnsOf(order(parent, params), parent.channelIds.length),
  apply: pickColumns,
};
