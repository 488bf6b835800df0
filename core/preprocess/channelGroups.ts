import { UserError } from '../shared/errors.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';

export type GroupValue = string | number | boolean;

/** The channels with one value of a property. */
export interface ChannelGroup {
  readonly value: GroupValue;
  /** Ascending. */
  readonly indices: readonly number[];
}

/** The channels by that property, values ascending as NumPy's unique. UserError if the recording has none of that name. */
export function channelGroups(step: string, info: RecordingInfo, property: string): readonly ChannelGroup[] {
  const values: readonly GroupValue[] | undefined = info.properties[property] ?? fromProbe(info, property);
  if (!values)
    throw new UserError(`step "${step}", property: the recording has no property "${property}"`, {
      hint: `It has: ${Object.keys(info.properties).join(', ') || 'none'}. With a probe, "group" is its shanks.`,
    });
  const groups = new Map<GroupValue, number[]>();
  for (const [index, value] of values.entries()) {
    const group = groups.get(value);
    if (group) group.push(index);
    else groups.set(value, [index]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, indices]) => ({ value, indices }));
}

/** SpikeInterface's "group", which it sets with a probe: one for each shank of each probe. */
function fromProbe({ probe, channelIds }: RecordingInfo, property: string): readonly GroupValue[] | undefined {
  if (property !== 'group') return undefined;
  const layout = probe && channelLayout(probe, channelIds.length);
  if (!layout) return undefined;
  const names = channelIds.map((_, c) => `${layout.probe[c]}/${layout.shank[c]}`);
  const known = [...new Set(names)].sort();
  return names.map((name) => known.indexOf(name));
}
