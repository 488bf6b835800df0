import { UserError } from '../shared/errors.ts';
import type { ChannelId } from '../shared/recording.ts';

/** UserError if they are not as many as the channels, or one is there twice. */
export function newIds(step: string, param: string, ids: readonly ChannelId[], channels: number): readonly ChannelId[] {
  if (ids.length !== channels)
    throw new UserError(`step "${step}", ${param}: ${ids.length} names for ${channels} channels`, {
      hint: 'Give one name a channel, in their order.',
    });
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new UserError(`step "${step}", ${param}: the name "${twice}" is there twice`);
  return ids;
}
