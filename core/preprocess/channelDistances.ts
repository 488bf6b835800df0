import { UserError } from '../shared/errors.ts';
import { channelLayout } from '../shared/probe.ts';
import type { RecordingInfo } from '../shared/recording.ts';

/** Distance between every two channels' contacts, µm: [channels][channels]. UserError without a probe. */
export function channelDistances(step: string, info: RecordingInfo): Float64Array {
  const channels = info.channelIds.length;
  const layout = info.probe && channelLayout(info.probe, channels);
  if (!layout)
    throw new UserError(`step "${step}" needs to know where the channels are, and this recording has no probe`, {
      hint: 'Choose a probe first.',
    });
  const { x, y } = layout;
  const distances = new Float64Array(channels * channels);
  for (let a = 0; a < channels; a++)
    for (let b = 0; b < channels; b++) distances[a * channels + b] = Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
  return distances;
}
