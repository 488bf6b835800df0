import { kernels } from '../compute/kernels.ts';
import { type WholeRange, wholeRange } from '../compute/wholeNumbers.ts';
import type { Step } from '../shared/lists.ts';
import { roundContacts } from '../shared/probeGenerators.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';
import { axis, channelLayoutOf } from './channelLayoutOf.ts';
import { floatDtypeParam, outputType } from './outputType.ts';

const NAME = 'average_across_direction';

const params = z.object({
  direction: axis
    .default('y')
    .describe('Channels at the same place along it become one: y, usual, averages each row across the probe.')
    .meta({ title: 'Direction' }),
  dtype: floatDtypeParam,
});

interface Prepared {
  /** Which new channel each channel goes into. */
  readonly into: Int32Array;
  /** Channels in each new one. */
  readonly counts: Float64Array;
  /** One frame of the result, to work in. */
  readonly sums: Float64Array;
  readonly whole: WholeRange | undefined;
}

/** The channels at each place along the direction, places ascending. */
function places(parent: RecordingInfo, direction: z.output<typeof axis>) {
  const layout = channelLayoutOf(NAME, parent);
  const along = layout[direction];
  const across = direction === 'y' ? layout.x : layout.y;
  const at = [...new Set(along)].sort((a, b) => a - b);
  return at.map((place) => {
    const channels = [...along.keys()].filter((channel) => along[channel] === place);
    const mean = channels.reduce((sum, channel) => sum + across[channel]!, 0) / channels.length;
    return { channels, position: direction === 'y' ? [mean, place] : [place, mean] };
  });
}

/** The value that all of them have; undefined where they differ. */
function common(values: readonly number[] | undefined, channels: readonly number[]): number | undefined {
  const first = values?.[channels[0]!];
  return channels.every((channel) => values?.[channel] === first) ? first : undefined;
}

/** As SpikeInterface's average_across_direction; gains are kept where channels that are averaged have the same. */
export const averageAcrossDirection: Step<typeof params, Prepared> = {
  name: NAME,
  label: 'Average across a direction',
  help: 'Averages the channels that lie at the same depth into one: a single column of channels for slow signals (LFP), current source density or drift, quieter by the number of columns. Not for spike sorting.',
  params,
  info(parent, { direction, dtype }) {
    const { gainToUv: _gain, offsetToUv: _offset, ...rest } = parent;
    const made = places(parent, direction);
    const gains = made.map(({ channels }) => common(parent.gainToUv, channels));
    const offsets = made.map(({ channels }) => common(parent.offsetToUv, channels) ?? 0);
    const known = gains.filter((gain) => gain !== undefined);
    const contacts = roundContacts(
      made.map(({ position }) => position),
      parent.probe?.probes[0]?.contact_shape_params[0]?.radius ?? 5,
    );
    return {
      ...rest,
      channelIds: made.map(({ channels }) => channels.map((channel) => parent.channelIds[channel]).join('-')),
      dtype: outputType(NAME, parent, dtype),
      ...(known.length === made.length && { gainToUv: known, offsetToUv: offsets }),
      probe: { probes: [{ ...contacts, device_channel_indices: [...made.keys()] }] },
      properties: { group: made.map(() => 0) },
    };
  },
  margin: () => 0,
  prepare(parent, { direction, dtype }) {
    const made = places(parent, direction);
    const into = new Int32Array(parent.channelIds.length);
    for (const [place, { channels }] of made.entries()) for (const channel of channels) into[channel] = place;
    return {
      into,
      counts: Float64Array.from(made, ({ channels }) => channels.length),
      sums: new Float64Array(made.length),
      whole: wholeRange(dtype ?? parent.dtype),
    };
  },
  apply(data, frames, { into, counts, sums, whole }) {
    const channels = into.length;
    const places = counts.length;
    for (let f = 0; f < frames; f++) {
      sums.fill(0);
      for (let c = 0, at = f * channels; c < channels; c++, at++) sums[into[c]!]! += data[at]!;
      // Into the same memory: what is written is behind what is still to be read.
      for (let p = 0, at = f * places; p < places; p++, at++) data[at] = sums[p]! / counts[p]!;
    }
    const out = data.subarray(0, frames * places);
    if (whole) kernels().wholeNumbers(out, whole);
    return out;
  },
};
