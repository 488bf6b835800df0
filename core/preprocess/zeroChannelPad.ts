import { UserError } from '../shared/errors.ts';
import type { Step } from '../shared/lists.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

const NAME = 'zero_channel_pad';

const params = z.object({
  num_channels: z
    .int()
    .min(1)
    .default(384)
    .describe('Channels of the result, at least as many as the recording has. 384 for a whole Neuropixels probe.')
    .meta({ title: 'Channels' }),
  channel_mapping: z
    .array(z.int().min(0))
    .nullable()
    .default(null)
    .describe('Where each channel goes, counted from 0, one number a channel. Empty: first all channels, then zeros.')
    .meta({ title: 'Places', advanced: true }),
});

interface Prepared {
  readonly places: Int32Array;
  readonly channels: number;
}

function places({ channelIds }: RecordingInfo, { num_channels, channel_mapping }: z.output<typeof params>): number[] {
  if (num_channels < channelIds.length)
    throw new UserError(
      `step "${NAME}", num_channels: ${num_channels} are fewer than the recording's ${channelIds.length}`,
      {
        hint: 'Use channel_slice to leave channels out.',
      },
    );
  if (channel_mapping === null) return [...channelIds.keys()];
  if (channel_mapping.length !== channelIds.length)
    throw new UserError(
      `step "${NAME}", channel_mapping: ${channel_mapping.length} places for ${channelIds.length} channels`,
    );
  const wrong = channel_mapping.find((place, i) => place >= num_channels || channel_mapping.indexOf(place) !== i);
  if (wrong !== undefined)
    throw new UserError(
      `step "${NAME}", channel_mapping: ${wrong} is ${wrong >= num_channels ? `not below num_channels (${num_channels})` : 'there twice'}`,
    );
  return channel_mapping;
}

/**
 * As SpikeInterface's zero_channel_pad, whose channels come first in their order; with channel_mapping, which raises
 * there, each goes where it is told. Properties and probe do not go along, as there.
 */
export const zeroChannelPad: Step<typeof params, Prepared> = {
  name: NAME,
  label: 'Pad with zero channels',
  help: 'Adds channels of zeros up to a fixed number, for programs and networks that want exactly so many channels. Channels are named anew, 0, 1, 2 …, and the probe does not go along.',
  params,
  info(parent, params) {
    const { probe: _probe, gainToUv, offsetToUv, ...rest } = parent;
    const at = places(parent, params);
    const spread = (values: readonly number[], fill: number) => {
      const out = new Array<number>(params.num_channels).fill(fill);
      for (const [channel, place] of at.entries()) out[place] = values[channel]!;
      return out;
    };
    return {
      ...rest,
      channelIds: Array.from({ length: params.num_channels }, (_, i) => i),
      ...(gainToUv && { gainToUv: spread(gainToUv, 1) }),
      ...(gainToUv && { offsetToUv: spread(offsetToUv ?? gainToUv.map(() => 0), 0) }),
      properties: {},
    };
  },
  margin: () => 0,
  prepare: (parent, params) => ({
    places: Int32Array.from(places(parent, params)),
    channels: params.num_channels,
  }),
  apply(data, frames, { places, channels }) {
    const from = places.length;
    const out = new Float32Array(frames * channels);
    for (let f = 0; f < frames; f++)
      for (let c = 0; c < from; c++) out[f * channels + places[c]!] = data[f * from + c]!;
    return out;
  },
};
