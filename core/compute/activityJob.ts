import type { ChannelActivity } from '../shared/api.ts';
import type { RecordingSpec } from '../shared/recording.ts';
import { noiseLevels } from './noiseLevels.ts';
import { withOpened } from './opened.ts';
import { randomSlices } from './randomSlices.ts';
import { sdScale } from './sdScale.ts';

/** A second of the recording in all: enough to tell a dead or noisy channel, quick enough to wait for. */
const STRETCHES = 10;
const STRETCH_S = 0.1;

/** How loud each channel is: the standard deviation over stretches that are the same each time. */
async function* channelActivity(
  { spec }: { readonly spec: RecordingSpec },
  signal: AbortSignal,
): AsyncGenerator<never, Omit<ChannelActivity, 'node' | 'rate'>> {
  return withOpened(spec, async (recording) => {
    const { info } = recording;
    const segments = info.numFrames.filter((frames) => frames > 0).length;
    const slices = randomSlices(info, {
      num_chunks_per_segment: Math.ceil(STRETCHES / Math.max(1, segments)),
      chunk_duration: STRETCH_S,
    });
    const levels = await noiseLevels(recording, slices, { method: 'std' }, signal);
    const sd = sdScale(info);
    const { gainToUv } = info;
    const unit = sd !== undefined ? 'SD' : gainToUv ? 'µV' : 'raw';
    return {
      unit,
      rms: levels.map((level, c) => level * (sd !== undefined ? 1 / sd : Math.abs(gainToUv?.[c] ?? 1))),
      source: `standard deviation, mean of ${slices.length} random stretches of ${STRETCH_S} s`,
    };
  });
}

export const activityJobs = { channelActivity };
