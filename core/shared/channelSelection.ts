import type { ProbeGroup } from './probe.ts';
import { selectContacts } from './probeContacts.ts';
import type { ChannelId, Property, RecordingInfo } from './recording.ts';

/** What is known of the channels `indices` only, in that order; the probe keeps their contacts, wired anew. */
export function selectChannels(
  info: RecordingInfo,
  indices: readonly number[],
  renamed?: readonly ChannelId[],
): RecordingInfo {
  const { probe, gainToUv, offsetToUv, ...rest } = info;
  const pick = <T>(values: readonly T[]): readonly T[] => indices.map((index) => values[index]!);
  const properties = Object.entries(info.properties).map(([name, values]) => [name, pickProperty(values, indices)]);
  const kept = probe && selectProbe(probe, indices);
  return {
    ...rest,
    channelIds: renamed ?? pick(info.channelIds),
    ...(gainToUv && { gainToUv: pick(gainToUv) }),
    ...(offsetToUv && { offsetToUv: pick(offsetToUv) }),
    properties: Object.fromEntries(properties),
    ...(kept && { probe: kept }),
  };
}

/** The contacts of those channels, wired to 0, 1, 2 … in their order; undefined where there is none. */
function selectProbe({ probes }: ProbeGroup, indices: readonly number[]): ProbeGroup | undefined {
  const kept = probes.flatMap((probe) => {
    const wiring = probe.device_channel_indices ?? [];
    const contactOf = new Map(wiring.map((channel, contact) => [channel, contact]));
    const channels = indices.flatMap((index, channel) => (contactOf.has(index) ? [{ index, channel }] : []));
    if (channels.length === 0) return [];
    const selected = selectContacts(
      probe,
      channels.map(({ index }) => contactOf.get(index)!),
    );
    return [{ ...selected, device_channel_indices: channels.map(({ channel }) => channel) }];
  });
  return kept.length > 0 ? { probes: kept } : undefined;
}

function pickProperty(values: Property, indices: readonly number[]): Property {
  if (isText(values)) return indices.map((index) => values[index]!);
  if (isFlags(values)) return indices.map((index) => values[index]!);
  return indices.map((index) => Number(values[index]));
}

function isText(values: Property): values is readonly string[] {
  return typeof values[0] === 'string';
}

function isFlags(values: Property): values is readonly boolean[] {
  return typeof values[0] === 'boolean';
}
