import { UserError } from '../shared/errors.ts';
import type { ChannelId, RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

export const channelIdList = z.array(z.union([z.number(), z.string()]));

/** Index of each channel; the id "3" may be written 3 and the other way round. UserError if one is not there or twice. */
export function channelIndices(
  step: string,
  param: string,
  { channelIds }: RecordingInfo,
  wanted: readonly ChannelId[],
): number[] {
  const exact = new Map(channelIds.map((id, index) => [id, index]));
  const written = new Map(channelIds.map((id, index) => [String(id), index]));
  const seen = new Set<number>();
  return wanted.map((id) => {
    const index = exact.get(id) ?? written.get(String(id));
    if (index === undefined)
      throw new UserError(`step "${step}", ${param}: there is no channel "${id}"`, {
        hint: `Channels are ${channelIds.slice(0, 8).join(', ')}${channelIds.length > 8 ? ' …' : ''}`,
      });
    if (seen.has(index)) throw new UserError(`step "${step}", ${param}: channel "${id}" is named twice`);
    seen.add(index);
    return index;
  });
}
