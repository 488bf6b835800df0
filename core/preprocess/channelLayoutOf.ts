import { UserError } from '../shared/errors.ts';
import { type ChannelLayout, channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';
import { z } from '../shared/zod.ts';

/** A direction on the probe: x across its shanks, y along them. */
export const axis = z.enum(['x', 'y']);

/** Where the channels are. UserError without a probe. */
export function channelLayoutOf(step: string, { probe, channelIds }: RecordingInfo): ChannelLayout {
  const layout = probe && channelLayout(probe, channelIds.length);
  if (layout) return layout;
  throw new UserError(`step "${step}" needs to know where the channels are, and this recording has no probe`, {
    hint: 'Choose a probe first.',
  });
}
