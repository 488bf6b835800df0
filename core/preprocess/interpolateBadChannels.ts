import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { ChannelId, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { channelId } from './badChannelParams.ts';
import { IS_BAD } from './findBadChannels.ts';
import {
  checkInterpolation,
  type Interpolation,
  interpolateChannels,
  prepareInterpolation,
} from './interpolateChannels.ts';

const params = z.object({
  bad_channel_ids: z
    .array(channelId)
    .nullable()
    .default(null)
    .describe('The channels to replace. Empty: those that a step detect_bad_channels before this one found.')
    .meta({ title: 'Bad channels' }),
  sigma_um: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('How far a channel counts. Empty: the usual distance in depth between contacts of the probe.')
    .meta({ title: 'Reach', unit: 'µm', advanced: true }),
  p: z
    .number()
    .positive()
    .default(1.3)
    .describe('How steeply the weight falls with distance. Usually 1.3.')
    .meta({ title: 'Steepness', advanced: true }),
  weights: z
    .array(z.array(z.number()))
    .nullable()
    .default(null)
    .describe('Weights of your own: a row for each good channel, a column for each bad one. Empty: by distance.')
    .meta({ title: 'Weights', advanced: true }),
});

const name = 'interpolate_bad_channels';

function badChannels(parent: RecordingInfo, given: readonly ChannelId[] | null): readonly ChannelId[] {
  const detected = parent.properties[IS_BAD];
  if (given) return given;
  if (detected) return parent.channelIds.filter((_, c) => detected[c] === true);
  throw new UserError(`step "${name}": bad_channel_ids names no channels, and none were detected before`, {
    hint: 'Name the bad channels, put detect_bad_channels before this step, or use detect_and_interpolate_bad_channels.',
  });
}

/** As SpikeInterface's interpolate_bad_channels; there bad_channel_ids must be given. */
export const interpolateBadChannels: Step<typeof params, Interpolation> = {
  name,
  label: 'Interpolate bad channels',
  help: 'Replaces bad channels by the mean of their good neighbours, near ones counting more, so that what follows (spatial filters, sorters that know the probe) finds no hole. A bad channel with no good one near becomes 0.',
  params,
  info(parent, params) {
    checkInterpolation(name, parent, badChannels(parent, params.bad_channel_ids), params);
    return parent;
  },
  margin: () => 0,
  prepare: (parent, params) => prepareInterpolation(name, parent, badChannels(parent, params.bad_channel_ids), params),
  apply: interpolateChannels,
};
