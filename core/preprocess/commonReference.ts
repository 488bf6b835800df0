import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelDistances } from './channelDistances.ts';
import { dtypeParam, outputType } from './outputType.ts';
import { globalReferences, localReferences, type Reference } from './references.ts';
import { type Operator, subtractReferences } from './subtractReferences.ts';

const channelId = z.union([z.number(), z.string()]);

const params = z.object({
  reference: z
    .enum(['global', 'single', 'local'])
    .default('global')
    .describe(
      'What is subtracted. global: the middle of all channels, the usual choice. local: of a ring of neighbours, for long probes whose ends hear different noise. single: one channel, such as a reference wire.',
    )
    .meta({ title: 'Reference' }),
  operator: z
    .enum(['median', 'average'])
    .default('median')
    .describe('How channels are combined. The median is hardly moved by spikes; the average is a little less noisy.')
    .meta({ title: 'Operator' }),
  groups: z
    .array(z.array(channelId))
    .nullable()
    .default(null)
    .describe('Lists of channel ids that are referenced apart, such as the tetrodes of a drive. Empty: all together.')
    .meta({ title: 'Groups', advanced: true }),
  ref_channel_ids: z
    .union([z.literal('out_of_group'), channelId, z.array(z.union([channelId, z.array(channelId)]))])
    .nullable()
    .default(null)
    .describe(
      'Channels the reference is made of. For "single": the channel (one for each group). With groups and "global": a list for each group, or "out_of_group". Empty: all channels.',
    )
    .meta({ title: 'Reference channels', advanced: true }),
  local_radius: z
    .tuple([z.number().min(0), z.number().positive()])
    .default([30, 55])
    .describe(
      'For "local": channels farther than the first and no farther than the second number. Near ones are left out because they see the same spikes.',
    )
    .meta({ title: 'Ring', unit: 'µm', advanced: true }),
  min_local_neighbors: z
    .int()
    .min(1)
    .default(5)
    .describe(
      'For "local": where the ring holds fewer channels, as many of the nearest ones outside its inner edge are taken.',
    )
    .meta({ title: 'At least', unit: 'channels', advanced: true }),
  dtype: dtypeParam,
});

interface Prepared {
  readonly references: readonly Reference[];
  readonly operator: Operator;
  readonly channels: number;
  readonly whole: WholeRange | undefined;
}

function references(parent: RecordingInfo, given: z.output<typeof params>): readonly Reference[] {
  const { reference, groups, ref_channel_ids, local_radius, min_local_neighbors } = given;
  if (reference !== 'local') return globalReferences(parent.channelIds, reference, groups, ref_channel_ids);
  const distances = channelDistances('common_reference', parent);
  return localReferences(distances, parent.channelIds.length, local_radius, min_local_neighbors);
}

/**
 * As SpikeInterface's common_reference. Two differences: whole numbers are rounded with groups too, and channels in
 * no group stay as they are instead of becoming 0.
 */
export const commonReference: Step<typeof params, Prepared> = {
  name: 'common_reference',
  label: 'Common reference',
  help: 'Subtracts at each moment what all channels have in common: mains hum, movement, chewing, crosstalk. Spikes, which only a few channels see, stay. Usual for every probe of more than about eight channels.',
  params,
  info(parent, params) {
    references(parent, params);
    return {
      ...parent,
      dtype: outputType('common_reference', parent, params.dtype),
      // The difference of two channels has no offset left.
      ...(parent.offsetToUv && { offsetToUv: parent.offsetToUv.map(() => 0) }),
    };
  },
  margin: () => 0,
  prepare: (parent, params) => ({
    references: references(parent, params),
    operator: params.operator,
    channels: parent.channelIds.length,
    whole: wholeRange(params.dtype ?? parent.dtype),
  }),
  apply: (data, frames, { references, operator, channels, whole }) =>
    subtractReferences(data, frames, channels, references, operator, whole),
};
